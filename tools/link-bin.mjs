// Puts the checkout's own programs where `npx` and scripts look for them: node_modules/.bin/virtkit and virtkitd.
import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const programs = { virtkit: 'apps/virtkitd/bundle/virtkit.js', virtkitd: 'apps/virtkitd/bundle/main.js' };

for (const [name, target] of Object.entries(programs)) {
  const path = join(root, 'node_modules', '.bin', name);
  rmSync(path, { force: true });
  writeFileSync(path, `#!/bin/sh\nexec node "${join(root, target)}" "$@"\n`);
  chmodSync(path, 0o755);
}
