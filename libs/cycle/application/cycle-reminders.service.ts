import { type Instant, Rejection, type SubjectId } from '#kernel';
import { deadline } from '#libs/calendar';
import type { CommandContext, CommandResult, CommandRunner } from '#libs/event-store';
import type { OrganisationReader } from '#libs/organisation/contracts';
import { calendarOfCycle, MOST_REMINDED, type Phase } from '../contracts';
import { cycleDecider } from '../domain/cycle.decider';

/** Whom a reminder is for: everyone who owes the phase's step, those who are late with it, or those of them who are named. */
export interface RemindInput {
  readonly phase: Phase;
  readonly which: 'open' | 'late';
  readonly subjects?: readonly SubjectId[] | undefined;
}

export interface CycleRemindersParts {
  readonly runner: CommandRunner;
  readonly organisation: Pick<OrganisationReader, 'calendarOverrides'>;
  /** Whose appraisals wait for it now and may be reminded of again, those who never were first; at most `most`. */
  readonly owed: (
    query: RemindInput & { readonly cycleId: string; readonly now: Instant; readonly most: number },
  ) => Promise<readonly SubjectId[]>;
}

export interface CycleReminders {
  /** At most 500 people at once: those whom a reminder holds already are left out, so that the next call goes on with the rest. */
  remind(cycleId: string, input: RemindInput, context: CommandContext): Promise<CommandResult>;
}

export function createCycleReminders({ runner, organisation, owed }: CycleRemindersParts): CycleReminders {
  return {
    async remind(cycleId, input, context) {
      const { state } = await runner.load(cycleDecider, cycleId);
      if (state.status === 'none') throw new Rejection('cycle.not-started');
      const { calendar: of, dayLengthMs } = state.terms;
      const calendar = await calendarOfCycle(of.region, organisation);
      const { at: againFrom } = deadline({ start: context.now, workingDays: 1, calendar, zone: of.zone, dayLengthMs });
      const subjects = await owed({ ...input, cycleId, now: context.now, most: MOST_REMINDED });
      const data = { phase: input.phase, subjects, againFrom };
      // The intent is what was asked for: asked again with its key it is known, although by then others owe it.
      return runner.run(cycleDecider, cycleId, { type: 'RemindPeople', data }, { ...context, intent: intentOf(input) });
    },
  };
}

function intentOf({ phase, which, subjects }: RemindInput): object {
  return { phase, which, ...(subjects === undefined ? {} : { subjects: [...subjects] }) };
}
