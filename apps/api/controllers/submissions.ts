import type { PersonalText } from '#kernel';
import type { PersonalTexts } from '#libs/privacy/contracts';
import type { DetailBody, submissionsOf } from './appraisals.shapes';

/** Reads sealed texts; null for one whose person has been erased. */
export type OpenedTexts = (text: PersonalText | null) => string | null;

/** Opens many at once. */
export async function openTexts(privacy: Pick<PersonalTexts, 'open'>, texts: readonly PersonalText[]): Promise<OpenedTexts> {
  const opened = await privacy.open(texts);
  const plain = new Map(texts.map((text, index) => [text, opened[index]]));
  return (text) => {
    const found = text ? plain.get(text) : undefined;
    return found?.kind === 'text' ? found.text : null;
  };
}

type Sealed = ReturnType<typeof submissionsOf>;

export function textsIn(steps: Sealed): readonly PersonalText[] {
  return steps.flatMap(({ versions }) =>
    versions.flatMap(({ comment, notes }) => [...(comment ? [comment] : []), ...notes.map(({ text }) => text)]),
  );
}

/** What was submitted, with its words opened. */
export function openedSubmissions(steps: Sealed, read: OpenedTexts): DetailBody['submissions'] {
  return steps.map(({ versions, ...task }) => ({
    ...task,
    versions: versions.map(({ by, ratings, notes, comment }) => ({
      by,
      ratings,
      notes: notes.map(({ line, item, text }) => ({ line, item, text: read(text) })),
      comment: read(comment),
    })),
  }));
}
