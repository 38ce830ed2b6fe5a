// Bundles the app in the current folder: src/main.ts and all it uses into bundle/, plugins as chunks of their own.
// Usage (from a package): node ../../tools/bundle.mjs
import { chmodSync, rmSync } from 'node:fs';
import { rolldown } from 'rolldown';

rmSync('bundle', { recursive: true, force: true });
const bundle = await rolldown({
  input: 'src/main.ts',
  platform: 'node',
  resolve: { conditionNames: ['@virtkit/source', 'import', 'node', 'default'] },
  transform: { target: 'node20.19' },
  external: ['koffi', '@virtkit/native'],
  onwarn: (warning, warn) => {
    if (warning.code !== 'CIRCULAR_DEPENDENCY') warn(warning);
  },
});
await bundle.write({
  dir: 'bundle',
  format: 'esm',
  entryFileNames: 'main.js',
  chunkFileNames: '[name]-[hash].js',
  sourcemap: true,
});
await bundle.close();
chmodSync('bundle/main.js', 0o755);
