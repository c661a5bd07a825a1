import { canonicalJson, Rejection, type SubjectId } from '#kernel';
import type { CommandContext, CommandRunner } from '#libs/event-store';
import type { OrganisationReader } from '#libs/organisation/contracts';
import type { PersonalTexts } from '#libs/privacy/contracts';
import type { ImportProfile } from '../contracts';
import { importProfileDecider } from '../domain/import-profile.decider';

export const PROFILE_LIMITS = { definitionBytes: 20_000, aliases: 200 } as const;

export interface SaveProfileInput {
  readonly name: string;
  readonly definition: ImportProfile;
  /** Other spellings of owners: as the export writes them → employee number. Stored by keyed index only, never as written. */
  readonly aliases?: Readonly<Record<string, string>> | undefined;
}

export interface ImportProfiles {
  /**
   * Saves a new version unless the newest says the same.
   * Thrown: Rejection `facts.unknown-alias-person` (with the alias's place in the list), `facts.profile-too-long`, `facts.too-many-aliases`.
   */
  save(
    input: SaveProfileInput,
    context: CommandContext,
  ): Promise<{ readonly name: string; readonly version: number; readonly token: string | null }>;
}

export interface ImportProfileParts {
  readonly runner: CommandRunner;
  readonly organisation: Pick<OrganisationReader, 'findByEmployeeNo'>;
  readonly texts: Pick<PersonalTexts, 'lookupKey'>;
}

export function createImportProfiles(parts: ImportProfileParts): ImportProfiles {
  return {
    async save({ name, definition, aliases }, context) {
      const complete = await withAliases(parts, definition, Object.entries(aliases ?? {}));
      const text = canonicalJson(complete);
      if (Buffer.byteLength(text) > PROFILE_LIMITS.definitionBytes)
        throw new Rejection('facts.profile-too-long', { maxBytes: PROFILE_LIMITS.definitionBytes });
      const command = { type: 'SaveImportProfile', data: { name, kind: definition.kind, definition: text } } as const;
      const { token } = await parts.runner.run(importProfileDecider, name, command, context);
      const { state } = await parts.runner.load(importProfileDecider, name);
      return { name, version: state.version, token };
    },
  };
}

async function withAliases(
  { organisation, texts }: ImportProfileParts,
  definition: ImportProfile,
  aliases: readonly (readonly [string, string])[],
): Promise<ImportProfile> {
  if (definition.kind !== 'facts' || aliases.length === 0) return definition;
  if (aliases.length > PROFILE_LIMITS.aliases) throw new Rejection('facts.too-many-aliases', { limit: PROFILE_LIMITS.aliases });
  const byKey: Record<string, SubjectId> = { ...definition.owner.aliases };
  for (const [index, [written, employeeNo]] of aliases.entries()) {
    const subject = await organisation.findByEmployeeNo(texts.lookupKey('employee-no', employeeNo));
    if (!subject) throw new Rejection('facts.unknown-alias-person', { alias: index + 1 });
    for (const kind of definition.owner.by) byKey[texts.lookupKey(kind, written)] = subject;
  }
  return { ...definition, owner: { ...definition.owner, aliases: byKey } };
}
