'use strict';

const FEATURES = 'organisation|targets|facts|cycle|appraisal|calibration|appeal|payout|leaderboard|coaching|notice|identity|audit';
const SPEC = '\\.(spec|test-kit)\\.ts$';
/** What may stand behind a feature's or library's door. */
const DOORS = ['^libs/[^/]+/index\\.ts$', '^libs/[^/]+/[^/]+/index\\.ts$'];

/** Each rule says why in its comment, and `test/architecture/planted/<name>` holds a violation that proves it fires. */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'Parts that need each other are one part; they load in an order nobody chose. Types alone load nothing.',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'resolvable',
      severity: 'error',
      comment: 'An import that resolves here by luck fails on the next machine.',
      from: {},
      // The client's types are written by the build and are gone in the program.
      to: { couldNotResolve: true, pathNot: '^#api-schema$' },
    },
    {
      name: 'kernel-imports-nothing',
      severity: 'error',
      comment: 'Everything stands on the kernel; what it imported would be under everything, too.',
      from: { path: '^libs/kernel/' },
      to: { path: '^(apps|infra|workflows|test|libs/(?!kernel/))' },
    },
    {
      name: 'libs-below-apps',
      severity: 'error',
      comment: 'Libraries are used by several processes: what only one of them has, they can not know.',
      from: { path: '^libs/', pathNot: ['^libs/testing/', SPEC] },
      to: { path: '^(apps|infra|test)/' },
    },
    {
      name: 'libs-without-workflows',
      severity: 'error',
      comment: 'Facts stand without the clock that drives them: losing Temporal must lose nothing, so nothing here may lean on it.',
      from: { path: '^libs/', pathNot: ['^libs/testing/', SPEC] },
      to: { path: ['^workflows/', 'node_modules/@temporalio/'] },
    },
    {
      name: 'apps-apart',
      severity: 'error',
      comment:
        'In a cluster each process runs and scales by itself; what they share is assembled in one place, and only the command line knows them all.',
      from: { path: '^apps/([^/]+)/', pathNot: ['^apps/(cli|assembly)/', SPEC] },
      to: { path: '^apps/', pathNot: ['^apps/$1/', '^apps/assembly/'] },
    },
    {
      name: 'through-the-door',
      severity: 'error',
      comment: 'What an index does not name may change without asking anybody.',
      from: { path: '^(apps|libs|infra|workflows)/([^/]+)/', pathNot: SPEC },
      to: { path: '^libs/', pathNot: ['^libs/$2/', ...DOORS] },
    },
    {
      name: 'features-through-contracts',
      severity: 'error',
      comment: 'Features meet in events and commands. Reaching into a neighbour makes two features one.',
      from: { path: `^libs/(${FEATURES})/`, pathNot: SPEC },
      to: { path: `^libs/(${FEATURES})/`, pathNot: ['^libs/$1/', '^libs/[^/]+/contracts/'] },
    },
    {
      name: 'contracts-are-shapes',
      severity: 'error',
      comment: 'Contracts are the storage format and what neighbours see: behaviour behind them would travel along.',
      from: { path: '^libs/[^/]+/contracts/', pathNot: SPEC },
      to: { path: ['^libs/[^/]+/(application|read|domain)/', 'node_modules/(@nestjs|pg|@temporalio|fastify|pino)/'] },
    },
    {
      name: 'domain-inward',
      severity: 'error',
      comment: 'Decisions do not know who asks for them or who reads what came of them.',
      from: { path: '^libs/[^/]+/domain/', pathNot: SPEC },
      to: { path: '^libs/[^/]+/(application|read)/' },
    },
    {
      name: 'domain-pure',
      severity: 'error',
      comment: 'A decision is replayed and proven for years: no framework, database, input library or world in it (a hash is arithmetic).',
      from: { path: '^libs/([^/]+/domain|calendar|scheme)/', pathNot: [SPEC, '^libs/[^/]+/(contracts|application|read)/'] },
      to: {
        path: [
          'node_modules/(@nestjs|pg|@temporalio|fastify|pino|rxjs|reflect-metadata)/',
          '^(node:)?(fs|net|http|https|os|child_process|worker_threads|timers)',
        ],
      },
    },
    {
      name: 'domain-without-zod',
      severity: 'error',
      comment: 'Input is validated once, at the edge and in contracts; a second validation path would disagree with it some day.',
      from: { path: '^libs/[^/]+/domain/', pathNot: SPEC },
      to: { path: 'node_modules/zod/' },
    },
    {
      name: 'workflows-sealed',
      severity: 'error',
      comment: "Workflow code is replayed from history: whatever it imports is frozen with it. Only Temporal's own deterministic parts.",
      from: { path: '^workflows/', pathNot: [SPEC, '^workflows/(bundle|tools)'] },
      to: { pathNot: ['^workflows/', 'node_modules/@temporalio/(workflow|common)/'] },
    },
    {
      name: 'workflows-by-contract',
      severity: 'error',
      comment: 'Workflows are started by name and spoken to by signals; importing their code would run it outside the sandbox.',
      from: { path: '^(apps|libs|infra)/', pathNot: SPEC },
      to: { path: '^workflows/', pathNot: '^workflows/contracts/' },
    },
    {
      name: 'testing-stays-in-tests',
      severity: 'error',
      comment: 'Helpers for tests cut corners that production must not.',
      from: { path: '^(apps|libs|workflows|infra)/', pathNot: ['^libs/testing/', SPEC] },
      to: { path: '^(libs/testing|test)/' },
    },
    {
      name: 'pages-see-the-api-only',
      severity: 'error',
      comment: 'What runs in a browser knows the product by its HTTP contract: a rule imported there would be a second one some day.',
      from: { path: '^apps/web/' },
      to: { path: ['^(libs|infra|workflows|test)/', '^apps/(?!web/)'] },
    },
    {
      name: 'areas-of-pages-apart',
      severity: 'error',
      comment: 'Areas of pages load and change by themselves; what two of them need is a piece, and they link to each other by address.',
      from: { path: '^apps/web/pages/([^/]+)/' },
      to: { path: '^apps/web/pages/', pathNot: '^apps/web/pages/$1/' },
    },
    {
      name: 'pieces-below-pages',
      severity: 'error',
      comment: 'Pieces are under every page: one that knew a page would drag it into all others.',
      from: { path: '^apps/web/(pieces|api|texts)/' },
      to: { path: '^apps/web/pages/' },
    },
    {
      name: 'shipped-dependencies',
      severity: 'error',
      comment: 'What production imports must be among the dependencies that are installed for production.',
      from: { path: '^(apps|libs|workflows|infra)/', pathNot: ['^libs/testing/', SPEC] },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: 'node_modules/@types/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^dist/', '^\\.cache/', '^\\.data/', '^test/architecture/planted/', '^apps/web/vite\\.config'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      conditionNames: ['centum-source', 'node', 'require', 'default', 'types'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json', '.node'],
    },
  },
};
