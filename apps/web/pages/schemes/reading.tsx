import { type ReactElement, useMemo } from 'react';
import type { Library } from './queries';
import { Whole } from './whole';
import { readYaml } from './yaml/read';

/** A version's text in words; brings the reader of YAML along. */
export function Reading({ yaml, library }: { readonly yaml: string; readonly library: Library }): ReactElement {
  const read = useMemo(() => readYaml(yaml), [yaml]);
  return <Whole yaml={read} library={library} />;
}
