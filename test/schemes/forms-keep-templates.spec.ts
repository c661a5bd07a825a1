import { readFileSync } from 'node:fs';
import path from 'node:path';
import { editPlain, editYaml } from '../../apps/web/pages/schemes/yaml/edit';
import { isList, isMembers, type Path, type Plain, readYaml } from '../../apps/web/pages/schemes/yaml/read';
import { SCHEME_TEMPLATES } from '#libs/scheme';

const FOLDER = path.resolve(__dirname, '../../libs/scheme/templates');

function leaves(value: Plain, at: Path = []): readonly Path[] {
  if (isList(value)) return value.flatMap((item, index) => leaves(item, [...at, index]));
  if (isMembers(value)) return Object.entries(value).flatMap(([name, inside]) => leaves(inside, [...at, name]));
  return [at];
}

function linesChanged(before: string, after: string): number {
  const [a, b] = [before.split('\n'), after.split('\n')];
  return a.length === b.length ? a.filter((line, index) => line !== b[index]).length : Infinity;
}

describe.each(SCHEME_TEMPLATES)('the forms on %s', (template) => {
  const text = readFileSync(path.join(FOLDER, `${template}.yaml`), 'utf8');
  const yaml = readYaml(text);
  const places = leaves(yaml.plain);

  it('set any value, and only its line is another; set back, the text is what it was', () => {
    const step = Math.max(1, Math.floor(places.length / 20));
    for (const place of places.filter((_, index) => index % step === 0)) {
      const edit = { kind: 'set', path: place, value: 'x, 中文: y' } as const;
      const after = editYaml(yaml, edit);
      expect({ place, lines: linesChanged(text, after.text) }).toEqual({ place, lines: 1 });
      expect(after.plain).toEqual(editPlain(yaml.plain, edit));
    }
  });

  it('add, move and take out items of lists, and leave the other lines', () => {
    const sections = isMembers(yaml.plain) ? yaml.plain['sections'] : [];
    const lists: readonly Path[] = (isList(sections) ? sections : []).map((_, index) => ['sections', index, 'indicators']);
    for (const list of [...lists, ['review'], ['sections']]) {
      const added = editYaml(yaml, { kind: 'append', path: list, value: { use: 'attendance', points: '1' } });
      expect(added.text.split('\n').filter((line) => !text.split('\n').includes(line)).length).toBeLessThanOrEqual(2);
      const items = at(added.plain, list);
      expect(items).toHaveLength(at(yaml.plain, list).length + 1);
      const up = editYaml(added, { kind: 'move', path: [...list, items.length - 1], by: -1 });
      const back = editYaml(up, { kind: 'remove', path: [...list, Math.max(items.length - 2, 0)] });
      // `[]` that was filled and emptied again may stand below its name.
      expect(back.text.replace(/\n\s+\[\]/g, ' []')).toBe(text);
    }
  });
});

function at(plain: Plain, path: Path): readonly Plain[] {
  let value: Plain | undefined = plain;
  for (const part of path) value = isList(value) ? value[Number(part)] : isMembers(value) ? value[part] : undefined;
  return isList(value) ? value : [];
}
