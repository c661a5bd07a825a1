import type { ActorId, SubjectId } from '#kernel';
import type { CommandContext, CommandRunner } from '#libs/event-store';
import type { PersonalTexts } from '#libs/privacy/contracts';
import { type SchemeCommand, schemeDecider } from '#libs/scheme';
import type { InvitedCommenter } from '#libs/scheme/contracts';

/** Who brings a scheme from its text into force; `rep` stands for all sides that are heard. */
export interface SchemePeople {
  readonly hr: SubjectId;
  readonly generalManager: ActorId;
  readonly rep: SubjectId;
}

interface InForceParts {
  readonly runner: CommandRunner;
  readonly texts: Pick<PersonalTexts, 'make'>;
  /** `step` makes the request's key. */
  readonly as: (actor: ActorId, step: string) => CommandContext;
}

interface SchemeText {
  readonly schemeId: string;
  readonly yaml: string;
  readonly version?: number;
  readonly template?: string;
}

/** The next version of a scheme, drafted, discussed, approved and put in force, as the domain asks for it. */
export async function bringInForce(
  { runner, texts, as }: InForceParts,
  { hr, generalManager, rep }: SchemePeople,
  { schemeId, yaml, version = 1, template }: SchemeText,
): Promise<void> {
  const place = { schemeId, version };
  const commentId = '00000000-0000-8000-8000-0000000000c1';
  const invited: InvitedCommenter[] = [{ subject: rep, sides: ['hr', 'sales', 'finance', 'rep'] }];
  const steps: readonly (readonly [ActorId, SchemeCommand])[] = [
    [hr, { type: 'DraftScheme', data: { schemeId, yaml, ...(template === undefined ? {} : { template }) } }],
    [hr, { type: 'OpenSchemeDiscussion', data: { ...place, invited } }],
    [rep, { type: 'CommentOnScheme', data: { ...place, commentId, text: texts.make(rep, '同意') } }],
    [hr, { type: 'CloseSchemeDiscussion', data: { ...place, summary: texts.make(hr, '一致同意') } }],
    [generalManager, { type: 'PutSchemeInForce', data: place }],
  ];
  for (const [actor, command] of steps)
    await runner.run(schemeDecider, schemeId, command, as(actor, `${schemeId}/${version}/${command.type}`));
}
