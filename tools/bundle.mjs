// Bundles the app in the current folder: its programs and all they use into bundle/, plugins as chunks of their own.
// Usage (from a package): node ../../tools/bundle.mjs [FOLDER]
import { chmodSync, existsSync, rmSync } from 'node:fs';
import { rolldown } from 'rolldown';

const programs = ['main', 'virtkit'].filter((name) => existsSync(`src/${name}.ts`));

const folder = process.argv[2] ?? 'bundle';
rmSync(folder, { recursive: true, force: true });
const bundle = await rolldown({
  input: Object.fromEntries(programs.map((name) => [name, `src/${name}.ts`])),
  platform: 'node',
  resolve: { conditionNames: ['@virtkit/source', 'import', 'node', 'default'] },
  transform: { target: 'node20.19' },
  external: ['koffi', '@virtkit/native'],
  onwarn: (warning, warn) => {
    if (warning.code !== 'CIRCULAR_DEPENDENCY') warn(warning);
  },
});
await bundle.write({
  dir: folder,
  format: 'esm',
  entryFileNames: '[name].js',
  chunkFileNames: '[name]-[hash].js',
  sourcemap: true,
});
await bundle.close();
for (const name of programs) chmodSync(`${folder}/${name}.js`, 0o755);
