import { defineConfig } from 'vitest/config';

const source = ['@virtkit/source'];

export default defineConfig({
  resolve: { conditions: source },
  ssr: { resolve: { conditions: [...source, 'module', 'node', 'development|production'] } },
  test: {
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          testTimeout: 60_000, // No test is about time; a busy machine is no reason to fail.
          isolate: false,
          include: ['{packages,apps}/*/{src,test}/**/*.test.ts'],
          exclude: ['**/*.real.test.ts', '**/node_modules/**'],
        },
      },
      {
        extends: true,
        test: {
          name: 'real',
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          include: ['{packages,apps,examples}/*/{src,test}/**/*.real.test.ts'],
        },
      },
    ],
  },
});
