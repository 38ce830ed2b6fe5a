const { layers } = require('./architecture.json');

const row = (names) => `^(packages|apps)/(${names.join('|')})/`;
const upward = layers.slice(0, -1).map((names, level) => ({
  name: `layer-${level}-imports-only-downward`,
  severity: 'error',
  from: { path: row(names) },
  to: { path: row(layers.slice(level + 1).flat()) },
}));
const sideways = layers.flat().map((name) => ({
  name: `${name}-does-not-import-its-neighbours`,
  severity: 'error',
  from: { path: row([name]), pathNot: '\\.test\\.ts$' },
  to: { path: row(layers.find((names) => names.includes(name)).filter((other) => other !== name).concat('none-else')) },
}));

module.exports = {
  forbidden: [
    ...upward,
    ...sideways,
    {
      name: 'only-host-runs-programs', // And the client its tunnel through ssh.
      severity: 'error',
      from: { path: '^packages/', pathNot: '^packages/(host|client)/|\\.test\\.ts$|/test(ing)?/' },
      to: { path: '^(node:)?child_process$' },
    },
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: '(^|/)(dist|bundle)/',
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['@virtkit/source', 'import', 'types', 'default'] },
  },
};
