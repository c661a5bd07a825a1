import js from '@eslint/js';
import tseslint from 'typescript-eslint';

const SPECS = ['**/*.spec.ts', 'libs/testing/**/*.ts', 'test/**/*.ts'];
/** Decides from what it is given: replayed, rebuilt and proven, so it may not ask the world anything. */
const PURE = ['libs/*/domain/**/*.ts', 'libs/kernel/**/*.ts', 'libs/scheme/**/*.ts', 'libs/calendar/**/*.ts', 'workflows/**/*.ts'];
/** Where the world is reached or programs are bundled; and what is no part of a decision. */
const NOT_PURE = [
  'libs/kernel/clock.ts',
  'libs/*/application/**',
  'libs/*/read/**',
  'libs/calendar/tools/**',
  'workflows/bundle.ts',
  'workflows/tools/**',
  '**/*.spec.ts',
  '**/*.module.ts',
  '**/*.handler.ts',
];
const NODE_GLOBALS = Object.fromEntries(
  [
    'process',
    'console',
    'setTimeout',
    'clearTimeout',
    'setInterval',
    'clearInterval',
    'URL',
    'Buffer',
    'fetch',
    'require',
    'module',
    '__dirname',
  ].map((name) => [name, 'readonly']),
);

const WEB = ['apps/web/**/*.ts', 'apps/web/**/*.tsx'];
const BROWSER_GLOBALS = Object.fromEntries(
  ['window', 'document', 'navigator', 'localStorage', 'fetch', 'crypto', 'performance', 'URL', 'EventSource', 'AbortSignal', 'File'].map(
    (name) => [name, 'readonly'],
  ),
);

const NO_DEFAULT_EXPORT = { selector: 'ExportDefaultDeclaration', message: 'Export by name: one name per thing, the same everywhere.' };
const NO_EXPORT_ALL = { selector: 'ExportAllDeclaration', message: 'Name what is exported: an index is a promise, not a mirror.' };
const NO_FLOAT_MONEY = {
  selector: "CallExpression[callee.property.name='toFixed']",
  message: 'Scores and money are exact decimals: use formatFixed of #kernel.',
};
const NO_CLOCK = {
  selector: "NewExpression[callee.name='Date'][arguments.length=0]",
  message: 'Time comes in with the context or the event.',
};
const HOUSE_SYNTAX = [NO_DEFAULT_EXPORT, NO_EXPORT_ALL];

// What needs types is in .oxlintrc.json: there it takes a tenth of the time.
export default tseslint.config(
  { ignores: ['dist/', '.cache/', '.data/', 'coverage/', '**/*.d.cts', 'test/architecture/planted/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.{mjs,cjs,js}'],
    languageOptions: { globals: NODE_GLOBALS },
  },
  {
    files: ['**/*.ts'],
    ignores: WEB,
    extends: [tseslint.configs.recommended],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'as', objectLiteralTypeAssertions: 'never' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      // Nest's modules are classes without a body.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      'no-console': 'error',
      'no-restricted-syntax': ['error', ...HOUSE_SYNTAX],
      'max-lines-per-function': ['error', { max: 80, skipBlankLines: true, skipComments: true, IIFEs: true }],
      'max-lines': ['error', { max: 450, skipBlankLines: true, skipComments: true }],
      'max-depth': ['error', 3],
      'max-params': ['error', 4],
      complexity: ['error', { max: 24, variant: 'modified' }],
      eqeqeq: 'error',
      // Input is searched for control characters on purpose.
      'no-control-regex': 'off',
      'no-param-reassign': 'error',
      'prefer-const': 'error',
    },
  },
  {
    files: ['libs/**/*.ts', 'workflows/**/*.ts', 'apps/**/*.ts'],
    ignores: [...SPECS, ...WEB],
    rules: {
      'no-restricted-syntax': ['error', ...HOUSE_SYNTAX, NO_FLOAT_MONEY],
      'no-restricted-globals': [
        'error',
        { name: 'parseFloat', message: 'Scores and money are exact decimals: use parseDecimal of #kernel.' },
      ],
    },
  },
  {
    files: ['libs/**/*.ts', 'apps/**/*.ts'],
    ignores: [...SPECS, 'libs/config/**', 'apps/cli/environment.ts'],
    rules: {
      'no-restricted-properties': ['error', { object: 'process', property: 'env', message: 'Configuration is read in libs/config only.' }],
    },
  },
  {
    files: PURE,
    ignores: NOT_PURE,
    rules: {
      'no-restricted-syntax': ['error', ...HOUSE_SYNTAX, NO_FLOAT_MONEY, NO_CLOCK],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Time comes in with the context or the event.' },
        { object: 'Math', property: 'random', message: 'Draw by rule from recorded state.' },
        { object: 'process', property: 'env', message: 'Configuration is read in libs/config only.' },
        { object: 'Number', property: 'parseFloat', message: 'Scores and money are exact decimals: use parseDecimal of #kernel.' },
      ],
      'no-restricted-globals': [
        'error',
        { name: 'parseFloat', message: 'Scores and money are exact decimals: use parseDecimal of #kernel.' },
        { name: 'setTimeout', message: 'Waiting belongs to workflows, through their own timers.' },
        { name: 'setInterval', message: 'Waiting belongs to workflows, through their own timers.' },
        { name: 'fetch', message: 'The world is reached from apps only.' },
      ],
    },
  },
  {
    // Temporal replaces the clock inside workflows with the one that is replayed.
    files: ['workflows/**/*.ts'],
    rules: { 'no-restricted-properties': 'off' },
  },
  {
    // Nest passes what a route needs as separate parameters, and injects a class's parts one by one.
    files: ['**/*.controller.ts', '**/*.module.ts', '**/*.handler.ts'],
    rules: { 'max-params': ['error', 10] },
  },
  {
    files: SPECS,
    rules: {
      'max-lines-per-function': 'off',
      'max-lines': 'off',
      'max-params': 'off',
      'no-console': 'off',
      complexity: 'off',
      // Malformed input is built on purpose.
      '@typescript-eslint/consistent-type-assertions': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    // Pages: the browser is their world.
    files: WEB,
    extends: [tseslint.configs.recommended],
    languageOptions: { globals: BROWSER_GLOBALS },
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      'no-console': 'error',
      'no-restricted-syntax': ['error', ...HOUSE_SYNTAX, NO_FLOAT_MONEY],
      'no-restricted-globals': [
        'error',
        { name: 'parseFloat', message: 'Scores and money are exact decimals: they are text here, formatted by pieces/format.' },
      ],
      // Markup of a page is long without being deep.
      'max-lines-per-function': ['error', { max: 120, skipBlankLines: true, skipComments: true }],
      'max-lines': ['error', { max: 450, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', 4],
      complexity: ['error', { max: 24, variant: 'modified' }],
      eqeqeq: 'error',
      'no-param-reassign': 'error',
    },
  },
  // Vite asks for a default export; it runs where pages are built, not where they are read.
  { files: ['apps/web/vite.config.mts'], languageOptions: { globals: NODE_GLOBALS }, rules: { 'no-restricted-syntax': 'off' } },
  // Jest asks for these two as default exports.
  { files: ['test/servers/setup.ts', 'test/servers/teardown.ts'], rules: { 'no-restricted-syntax': 'off' } },
);
