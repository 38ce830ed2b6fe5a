// Debian packages the first command and the tests need: installed when root, else named in one line.
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const searched = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin', '/usr/local/sbin'];

/** Whether a program is installed. */
export function installed(program) {
  return searched.some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** The command a person without root has to have run. */
export const command = (packages) => `apt-get install --no-install-recommends ${packages.join(' ')}`;

/**
 * Makes sure the programs are there. `wanted` maps a program to its Debian package.
 * @returns programs that are still missing.
 */
export function ensure(wanted) {
  const missing = Object.keys(wanted).filter((program) => !installed(program));
  if (missing.length === 0 || process.getuid() !== 0 || !installed('apt-get')) return missing;
  const packages = [...new Set(missing.map((program) => wanted[program]))];
  process.stderr.write(`installing ${packages.join(' ')}\n`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args) =>
    spawnSync('apt-get', ['-q', '-o', 'DPkg::Lock::Timeout=300', ...args], { env, encoding: 'utf8' });
  // A service that a package would start here belongs to nobody: policy-rc.d is the packages' own switch for that.
  apt('update');
  const result = apt('install', '-y', '--no-install-recommends', ...packages);
  if (result.status !== 0) process.stderr.write(`${result.stdout}${result.stderr}`);
  return Object.keys(wanted).filter((program) => !installed(program));
}
