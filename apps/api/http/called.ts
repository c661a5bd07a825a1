import type { SubjectId } from '#kernel';
import type { OrganisationReader } from '#libs/organisation/contracts';
import type { LookupKind, PersonalTexts } from '#libs/privacy/contracts';

const LOOKUPS: readonly LookupKind[] = ['employee-no', 'login', 'name'];

/** Who has this whole name, employee number or login; through the keyed index, since names are never searched in the open. */
export async function subjectsCalled(
  { organisation, privacy }: { readonly organisation: OrganisationReader; readonly privacy: PersonalTexts },
  text: string,
): Promise<readonly SubjectId[]> {
  const lists = await Promise.all(
    LOOKUPS.map(async (kind) => {
      const key = privacy.lookupKey(kind, text);
      return (await organisation.find(kind, [key])).get(key) ?? [];
    }),
  );
  return [...new Set(lists.flat())];
}
