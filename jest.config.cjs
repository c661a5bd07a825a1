'use strict';

const { existsSync, readdirSync, readFileSync } = require('node:fs');
const path = require('node:path');

/** Installed packages whose files are ES modules unless they say otherwise. */
function packagesOfModules() {
  const folder = path.join(__dirname, 'node_modules');
  const names = readdirSync(folder).flatMap((name) =>
    name.startsWith('@') ? readdirSync(path.join(folder, name)).map((own) => `${name}/${own}`) : [name],
  );
  return names.filter((name) => {
    const file = path.join(folder, name, 'package.json');
    return existsSync(file) && JSON.parse(readFileSync(file, 'utf8')).type === 'module';
  });
}

/** What every kind of test shares; see `projects` for which files each kind takes. */
const base = {
  rootDir: __dirname,
  testEnvironment: 'node',
  // Tests read the sources, Node reads dist: the condition picks the side in package.json "imports".
  testEnvironmentOptions: { customExportConditions: ['centum-source', 'node', 'require', 'default'] },
  // ESM packages are transformed, so that everything is CommonJS inside jest; the others are taken as they are, which saves half a minute.
  transformIgnorePatterns: [
    `/node_modules/(?!(?:.*/node_modules/)?(?:${packagesOfModules().join('|')})/).*\\.js$`,
    '/node_modules/.*\\.cjs$',
  ],
  transform: {
    '\\.[cm]?[jt]s$': [
      '@swc/jest',
      {
        isModule: 'unknown',
        module: { type: 'commonjs' },
        jsc: {
          target: 'es2023',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
        },
      },
    ],
  },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.cache/', '<rootDir>/.data/'],
};

/** Real servers start once per run; only kinds that need them ask for them. */
const withServers = { globalSetup: '<rootDir>/test/servers/setup.ts', globalTeardown: '<rootDir>/test/servers/teardown.ts' };

module.exports = {
  testTimeout: 60_000,
  testSequencer: '<rootDir>/test/servers/sequencer.cjs',
  projects: [
    {
      ...base,
      displayName: 'unit',
      testMatch: ['**/*.spec.ts'],
      testPathIgnorePatterns: ['\\.int\\.spec\\.ts$', '\\.e2e\\.spec\\.ts$', '/node_modules/'],
    },
    { ...base, ...withServers, displayName: 'integration', testMatch: ['**/*.int.spec.ts'] },
    { ...base, ...withServers, displayName: 'e2e', testMatch: ['**/*.e2e.spec.ts'] },
  ],
};
