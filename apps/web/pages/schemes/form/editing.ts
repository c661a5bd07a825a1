import { createContext, useContext } from 'react';
import type { Book } from '../book';
import type { Finding, Library } from '../queries';
import type { Edit } from '../yaml/edit';
import { type Path, type Plain, plainAt, type SchemeYaml } from '../yaml/read';

/** What every field of the forms stands on. */
export interface Editing {
  readonly yaml: SchemeYaml;
  readonly edit: (edit: Edit) => void;
  /** The whole text anew. */
  readonly write: (text: string) => void;
  readonly findings: readonly Finding[];
  readonly book: Book;
  readonly library: Library | undefined;
}

const EditingContext = createContext<Editing | undefined>(undefined);
export const EditingProvider = EditingContext.Provider;

export function useEditing(): Editing {
  const editing = useContext(EditingContext);
  if (!editing) throw new Error('a field stands outside of the editor');
  return editing;
}

export function useValue(path: Path): Plain | undefined {
  return plainAt(useEditing().yaml.plain, path);
}

/** As findings name a place. */
export function placeOf(path: Path): string {
  return path.join('.');
}

/** The id of the element at a place, by which a finding is jumped to. */
export function idOf(path: Path): string {
  return `at-${placeOf(path).replace(/[^\p{L}\p{N}_-]/gu, '_')}`;
}

export function isWithin(finding: Finding, path: Path): boolean {
  const place = placeOf(path);
  return finding.path === place || finding.path.startsWith(`${place}.`);
}

/** Findings of a field: at its place or inside. */
export function useFindings(path: Path): readonly Finding[] {
  return useEditing().findings.filter((finding) => isWithin(finding, path));
}

/** Findings of exactly this place, where what is inside shows its own. */
export function useExactFindings(path: Path): readonly Finding[] {
  const place = placeOf(path);
  return useEditing().findings.filter((finding) => finding.path === place);
}

/** Findings of a block that none of its fields shows. */
export function useOwnFindings(path: Path, shown: readonly string[]): readonly Finding[] {
  const { findings } = useEditing();
  return findings.filter((finding) => isWithin(finding, path) && !shown.some((name) => isWithin(finding, [...path, name])));
}
