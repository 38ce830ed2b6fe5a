// Builds what the corpus runner needs, then runs it: pnpm conformance --corpus DIR [--suite NAME]... [--json FILE]
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const run = (script, args) => spawnSync(process.execPath, [script, ...args], { stdio: 'inherit' });

const built = run(`${root}node_modules/typescript/bin/tsc`, ['-b', `${root}apps/corpus`]);
const { status } = run(`${root}apps/corpus/dist/main.js`, process.argv.slice(2));
process.exitCode = built.status || status || (status === null ? 1 : 0);
