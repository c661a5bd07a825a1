import { type PlainDay, Rejection, type SubjectId } from '#kernel';
import { COMPANY_ZONE, dayAt } from '#libs/calendar';
import type { CommandContext, CommandResult, CommandRunner } from '#libs/event-store';
import type { OrganisationReader } from '#libs/organisation/contracts';
import type { OpenSchemeDiscussion } from '../contracts/commands';
import type { SchemeLifeReader } from '../contracts/life-reader';
import { acknowledgementId, schemeAcknowledgementDecider } from '../domain/life/scheme-acknowledgement.decider';
import { sidesOf } from '../domain/life/scheme-discussion.policy';
import { schemeDecider } from '../domain/life/scheme.decider';

interface OfVersion {
  readonly schemeId: string;
  readonly version: number;
}

/** What people do with a scheme that needs a look at the company first. */
export interface SchemeDesk {
  /** The sides of those invited follow from their roles of today. Thrown: Rejection `scheme.unknown-person`. */
  openDiscussion(
    input: OfVersion & { readonly people: readonly SubjectId[]; readonly until?: PlainDay | undefined },
    context: CommandContext,
  ): Promise<CommandResult>;
  /** Thrown when no cycle scores the person by this version: Rejection `scheme.not-concerned`. */
  acknowledge(input: OfVersion & { readonly subject: SubjectId }, context: CommandContext): Promise<CommandResult>;
}

export interface SchemeDeskParts {
  readonly runner: CommandRunner;
  readonly organisation: Pick<OrganisationReader, 'people'>;
  readonly life: Pick<SchemeLifeReader, 'concerns'>;
}

export function createSchemeDesk({ runner, organisation, life }: SchemeDeskParts): SchemeDesk {
  return {
    async openDiscussion({ schemeId, version, people, until }, context) {
      const asked = [...new Set(people)];
      const found = await organisation.people(asked, dayAt(context.now, COMPANY_ZONE));
      const unknown = asked.filter((subject) => !found.has(subject));
      if (unknown.length > 0) throw new Rejection('scheme.unknown-person', { count: unknown.length, subjects: unknown.slice(0, 20) });
      const invited = asked.map((subject) => ({ subject, sides: [...sidesOf(found.get(subject)?.roles ?? [])] }));
      const command: OpenSchemeDiscussion = { type: 'OpenSchemeDiscussion', data: { schemeId, version, invited, until } };
      return runner.run(schemeDecider, schemeId, command, { ...context, intent: { schemeId, version, people: asked, until } });
    },
    async acknowledge(input, context) {
      if (!(await life.concerns(input.schemeId, input.version, input.subject)))
        throw new Rejection('scheme.not-concerned', { schemeId: input.schemeId, version: input.version });
      const command = { type: 'AcknowledgeScheme', data: input } as const;
      return runner.run(schemeAcknowledgementDecider, acknowledgementId(input), command, context);
    },
  };
}
