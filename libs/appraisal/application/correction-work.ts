import type { SubjectId } from '#kernel';
import type { CycleOfPeriod } from '#libs/cycle/contracts';
import type { CommandContext, CommandRunner } from '#libs/event-store';
import type { ReactorCommand } from '#libs/projections';
import { type AppraisalCommand, appraisalIdOf, type CorrectionCause } from '../contracts';
import { appraisalDecider } from '../domain/appraisal.decider';
import type { Appraisal } from '../domain/appraisal.state';
import { loadAppraisals, type LoadParts } from './load-appraisals';
import type { FrozenAt } from './ranking';
import type { ChangedFacts, Scoring } from './scoring.service';

/** `monthsAhead`: how much later a period can begin that reads a fact; further back no scheme looks. */
export const CORRECTION_LIMITS = { people: 250, monthsAhead: 24 } as const;

export interface CorrectionWorkParts extends LoadParts {
  readonly scoring: Scoring;
}

/** People of one cycle whose scores are looked at again. */
export interface CorrectionWork {
  readonly cycle: CycleOfPeriod;
  readonly subjects: readonly SubjectId[];
  readonly changed: ChangedFacts;
  readonly cause: CorrectionCause;
}

/** One for all people of a cycle, a few at a time: an import about everyone is no more commands than one about a few. */
export function correctionCommands(parts: CorrectionWorkParts, work: CorrectionWork): readonly ReactorCommand[] {
  const { subjects, cycle, cause } = work;
  if (subjects.length === 0) return [];
  const send: ReactorCommand['send'] = async (runner, context) => {
    for (let first = 0; first < subjects.length; first += CORRECTION_LIMITS.people) {
      const page = { ...work, subjects: subjects.slice(first, first + CORRECTION_LIMITS.people) };
      await correct(parts, page, { runner, context });
    }
  };
  return [{ target: `${cycle.cycleId}/${cause.kind}`, send }];
}

interface Sending {
  readonly runner: CommandRunner;
  readonly context: CommandContext;
}

async function correct(
  parts: CorrectionWorkParts,
  { cycle, subjects, changed, cause }: CorrectionWork,
  { runner, context }: Sending,
): Promise<void> {
  const { cycleId, period, scheme } = cycle;
  const loaded = await loadAppraisals(
    parts,
    subjects.map((subject) => appraisalIdOf(cycleId, subject)),
  );
  const shared = { scheme, period, asOf: cause.position };
  const commands = new Map<SubjectId, AppraisalCommand>();
  const add = (
    subject: SubjectId,
    scored: Pick<Extract<AppraisalCommand, { type: 'CorrectScore' }>['data'], 'result' | 'basis'>,
    facts: ChangedFacts,
  ): void =>
    void commands.set(subject, { type: 'CorrectScore', data: { cause, changed: facts, result: scored.result, basis: scored.basis } });
  const published = loaded.filter(({ status }) => status === 'published' || status === 'final');
  for (const [subject, corrected] of await parts.scoring.correct({ ...shared, appraisals: published, changed })) {
    add(subject, corrected, corrected.changed);
  }
  for (const { appraisals, frozen } of unpublished(loaded)) {
    for (const [subject, scored] of await parts.scoring.score({ ...shared, appraisals, frozen })) add(subject, scored, changed);
  }
  const items = [...commands].map(([subject, command]) => {
    const id = appraisalIdOf(cycleId, subject);
    return { id, command, requestKey: `correction/${cause.kind}/${cause.position}/${id}` };
  });
  // What a request means is what was recorded; what it comes to depends on when it is looked at.
  await runner.runMany(appraisalDecider, items, { ...context, intent: { cause } });
}

/** Those who have their place already keep the group that they were placed in. */
function unpublished(loaded: readonly Appraisal[]): readonly { readonly appraisals: readonly Appraisal[]; readonly frozen?: FrozenAt }[] {
  const scored = loaded.filter(({ status }) => status === 'scored');
  const placed = scored.filter(({ score }) => score?.basis.standings !== undefined);
  const [standing] = placed[0]?.score?.basis.standings ?? [];
  const waiting = scored.filter(({ score }) => score?.basis.standings === undefined);
  return [
    ...(waiting.length > 0 ? [{ appraisals: waiting }] : []),
    ...(standing ? [{ appraisals: placed, frozen: { cycleId: standing.cycleId, position: standing.position } }] : []),
  ];
}
