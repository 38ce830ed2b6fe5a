// Bundles the corpus runner, then runs it: npm run conformance -- --corpus DIR [--suite NAME]... [--json FILE]
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const app = `${root}apps/corpus`;

function run(script, args, options = {}) {
  const { status } = spawnSync(process.execPath, [script, ...args], { stdio: 'inherit', ...options });
  return status ?? 1;
}

const built = run(`${root}tools/bundle.mjs`, [], { cwd: app });
process.exitCode = built === 0 ? run(`${app}/bundle/main.js`, process.argv.slice(2)) : built;
