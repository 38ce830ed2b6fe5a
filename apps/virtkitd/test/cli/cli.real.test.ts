import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundle, DaemonProcess } from '../daemon-process.js';

const program = join(dirname(bundle), 'virtkit.js');
const system = process.getuid?.() === 0;

function missing(): string | undefined {
  if (!existsSync(bundle)) return 'the bundle of virtkitd: npm run build';
  const needed = ['qemu-system-x86_64', 'qemu-img', 'bash'];
  return needed.find((each) => spawnSync(each, ['--version']).status !== 0);
}
const reason = missing();
const skipped = reason === undefined ? '' : ` (skipped: needs ${reason})`;

const domain = (name: string, devices = '', type = 'qemu'): string => `<domain type='${type}'>
  <name>${name}</name>
  <memory unit='MiB'>32</memory>
  <os><type arch='x86_64' machine='q35'>hvm</type></os>
  <devices>${devices}</devices>
</domain>`;
const disk = (path: string): string =>
  `<disk type='file'><driver name='qemu' type='qcow2'/><source file='${path}'/><target dev='vda' bus='virtio'/></disk>`;

describe.skipIf(reason !== undefined)(`virtkit by hand${skipped}`, () => {
  const root = mkdtempSync('/tmp/vkv-');
  let daemon: DaemonProcess;

  const virtkit = (...args: readonly string[]) =>
    spawnSync(process.execPath, [program, '--root', root, ...args], { encoding: 'utf8' });
  const document = (name: string, xml: string): string => {
    const file = join(root, `${name}.xml`);
    writeFileSync(file, xml);
    return file;
  };

  beforeAll(async () => {
    chmodSync(root, 0o755); // QEMU runs as a user of its own
    daemon = await DaemonProcess.start({ root });
  });
  afterAll(async () => {
    await daemon.stop();
    rmSync(root, { recursive: true, force: true });
  });

  it('asks the daemon below the root what it serves, and may only look through the read-only socket', () => {
    expect(virtkit('uri').stdout).toBe(`qemu:///${system ? 'system' : 'session'}\n\n`);
    const refused = virtkit('--readonly', 'define', document('looked', domain('looked')));
    expect([refused.status, refused.stderr]).toEqual([1, expect.stringContaining('read only access')]);
  });

  it('names what is misspelt, with its line', () => {
    const file = document('misspelt', domain('misspelt').replaceAll('memory', 'memmory'));
    expect(virtkit('define', file).stderr).toMatch(/^hint: line 3: .*memmory$/m);
    expect(virtkit('domid', 'misspelt').status).toBe(1);
  });

  it('says for which hypervisor a document is meant', () => {
    const { stderr } = virtkit('define', document('foreign', domain('foreign', '', 'vmware')));
    expect(stderr).toMatch(/^hint: .*'vmware'.*serves qemu/m);
  });

  it.skipIf(!system)('names the closed folder on the way to an image, and whom it keeps out (as root)', () => {
    const folder = join(root, 'closed');
    mkdirSync(folder, { mode: 0o700 });
    spawnSync('qemu-img', ['create', '-q', '-f', 'qcow2', join(folder, 'image'), '1M']);
    const { status, stderr } = virtkit('create', document('shut', domain('shut', disk(join(folder, 'image')))));
    expect(status).toBe(1);
    expect(stderr).toMatch(/Cannot access storage file '.*' \(as uid:\d+, gid:\d+\): Permission denied/);
    expect(stderr).toContain(`hint: '${folder}' (mode 0700, owner uid 0) is closed to uid `);
  });

  it('does not delete the disk of a running guest, and names the guest', () => {
    const pool = join(root, 'pool');
    mkdirSync(pool, { mode: 0o755 });
    expect(virtkit('pool-create-as', 'images', 'dir', '--target', pool).status).toBe(0);
    expect(virtkit('vol-create-as', 'images', 'used', '1M', '--format', 'qcow2').status).toBe(0);
    expect(virtkit('create', document('user', domain('user', disk(join(pool, 'used'))))).status).toBe(0);
    const refused = virtkit('vol-delete', 'used', 'images');
    expect([refused.status, refused.stderr]).toEqual([1, expect.stringContaining("running domain 'user'")]);
    expect(existsSync(join(pool, 'used'))).toBe(true);
    virtkit('destroy', 'user');
    expect(virtkit('vol-delete', 'used', 'images').status).toBe(0);
  });

  it('completes names in bash, which runs nothing of them', () => {
    const name = '$(touch ran) guest';
    expect(virtkit('define', document('named', domain(name))).status).toBe(0);
    const wrapper = join(root, 'virtkit');
    writeFileSync(wrapper, `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`, { mode: 0o755 });
    const script = `source <('${wrapper}' completion bash)
      COMP_WORDS=('${wrapper}' --root '${root}' start '$') COMP_CWORD=4
      _virtkit
      printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout } = spawnSync('bash', ['-c', script], { encoding: 'utf8', cwd: root });
    expect(stdout).toBe('\\$\\(touch\\ ran\\)\\ guest\n');
    expect(existsSync(join(root, 'ran'))).toBe(false);
  });
});
