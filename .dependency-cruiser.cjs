const moduleOrder = [
  ['organizations'],
  ['environments'],
  ['iac'],
  ['drifts'],
  ['ml', 'correlations', 'recommendations'],
  ['notifications', 'analytics'],
  ['dashboard'],
];
const oneOf = (names) => `^src/modules/(${names.join('|')})/`;

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment:
        'A cycle has no order to read it in; type-only cycles between entities are the exception.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'core-stands-alone',
      comment: 'core is below every room and must not know who lives above it.',
      severity: 'error',
      from: { path: '^src/core/' },
      to: { path: '^src/(?!core/)' },
    },
    {
      name: 'services-implement-contracts-only',
      comment:
        'An adapter implements the contracts of core/providers, core/mail, core/crypto and core/database; it may use errors, http and config, nothing else of ours.',
      severity: 'error',
      from: { path: '^src/services/([^/]+)/' },
      to: {
        path: '^src/',
        pathNot: [
          '^src/core/(providers|errors|http|config|mail)/',
          '^src/core/(crypto|database)/index\\.ts$',
          '^src/services/$1/',
        ],
      },
    },
    {
      name: 'modules-know-no-vendor',
      comment: 'The product talks to contracts; only the entry points choose the adapters.',
      severity: 'error',
      from: { path: '^src/modules/' },
      to: { path: '^src/services/' },
    },
    {
      name: 'enter-a-module-by-its-index',
      comment: 'Another room is entered through its index.ts, so what is inside can change.',
      severity: 'error',
      from: { path: '^src/modules/([^/]+)/' },
      to: {
        path: '^src/modules/[^/]+/',
        pathNot: ['^src/modules/$1/', '^src/modules/[^/]+/index\\.ts$'],
      },
    },
    ...moduleOrder.slice(0, -1).map((names, position) => ({
      name: `order-after-${names.join('-')}`,
      comment: 'Modules stand in one line; an earlier one speaks to a later one by event.',
      severity: 'error',
      from: { path: oneOf(names) },
      to: { path: oneOf(moduleOrder.slice(position + 1).flat()) },
    })),
    {
      name: 'engine-is-pure',
      comment:
        'The engine has no framework, ORM, SDK, clock or I/O: worker, CLI and benchmark call the same functions.',
      severity: 'error',
      from: { path: '^src/modules/drifts/engine/', pathNot: '\\.spec\\.ts$' },
      to: {
        path: '.',
        pathNot: ['^src/modules/drifts/engine/', '^src/core/providers/', '^src/core/collections/'],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'product-never-imports-sandbox',
      comment: 'A sandbox cloud stands outside the boundary.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(sandbox|test|bench)/' },
    },
    {
      name: 'sandbox-never-imports-product',
      comment: 'A fake that shares code with the product would share its mistakes.',
      severity: 'error',
      from: { path: '^sandbox/' },
      to: { path: '^src/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
  },
};
