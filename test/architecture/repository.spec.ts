import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const root = path.resolve(__dirname, '../..');
const manifest = z
  .object({ dependencies: z.record(z.string(), z.string()), devDependencies: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')));
const lock = z
  .object({
    packages: z.record(
      z.string(),
      z.object({ resolved: z.string().optional(), optionalDependencies: z.record(z.string(), z.string()).optional() }),
    ),
  })
  .parse(JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')));

function filesBelow(folder: string): readonly string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
}

const TEXT = /\.(ts|mjs|cjs|md|json|yaml|sql|csv)$/;
const texts = ['apps', 'libs', 'workflows', 'infra', 'test', 'scripts', 'docs', 'bin']
  .flatMap(filesBelow)
  .filter((file) => TEXT.test(file) && !file.includes('planted') && !file.endsWith('repository.spec.ts'));

function linesWith(pattern: RegExp, files: readonly string[] = texts): readonly string[] {
  return files.flatMap((file) =>
    readFileSync(path.join(root, file), 'utf8')
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1}`] : [])),
  );
}

/** Where npm would find an optional dependency of a package: beside it or above. */
function isLocked(place: string, name: string): boolean {
  for (let folder = place; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('node_modules/') - 1))) {
    if (`${folder === '' ? '' : `${folder}/`}node_modules/${name}` in lock.packages) return true;
    if (folder === '') return false;
  }
}

describe('the lock file', () => {
  it('names no host, so that any mirror serves it', () => {
    expect(Object.entries(lock.packages).filter(([, entry]) => entry.resolved !== undefined)).toEqual([]);
  });

  it('holds every optional dependency: one that npm left out in silence fails the install elsewhere', () => {
    const missing = Object.entries(lock.packages).flatMap(([place, entry]) =>
      Object.keys(entry.optionalDependencies ?? {}).flatMap((name) => (isLocked(place, name) ? [] : [`${place} → ${name}`])),
    );
    expect(missing).toEqual([]);
  });

  it('stands on exact versions', () => {
    const loose = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }).filter(
      ([, version]) => !/^(npm:[^@]+@)?\d/.test(version),
    );
    expect(loose).toEqual([]);
  });
});

describe('the texts of the repository', () => {
  it('name no package registry and no folder of one machine', () => {
    expect(linesWith(/registry\.npmjs|pypi\.org|repo1?\.maven|\/work\/(main|shared)|\/home\/[a-z]+\/|\/root\//)).toEqual([]);
  });

  it('leave no test out', () => {
    const specs = texts.filter((file) => file.endsWith('.spec.ts'));
    expect(linesWith(/\b(describe|it|test)\.only\(|\bf(describe|it)\(|\bx(describe|it|test)\(|expect\(true\)/, specs)).toEqual([]);
  });

  it('leave nothing for later', () => {
    expect(linesWith(/\b(TODO|FIXME|XXX)\b/)).toEqual([]);
  });
});
