import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundle, DaemonProcess } from '../daemon-process.js';

const here = dirname(fileURLToPath(import.meta.url));

/** The bindings come as packages of the system, for the interpreters of the system. */
const bindings = [
  { name: 'python3-libvirt', program: '/usr/bin/python3', script: 'guest.py', probe: ['-c', 'import libvirt'] },
  { name: 'Sys::Virt', program: '/usr/bin/perl', script: 'guest.pl', probe: ['-MSys::Virt', '-e', '1'] },
];

/** Event, detail, guest. */
type Lifecycle = readonly [number, number, string];

interface Seen {
  readonly events: { readonly legacy: readonly Lifecycle[]; readonly any: readonly Lifecycle[] };
  readonly complete: boolean;
  readonly states: readonly (readonly number[])[];
  readonly lists: readonly (readonly string[])[];
  readonly left: number;
}

const system = process.getuid?.() === 0;
const document = `<domain type='qemu'><name>bound</name><memory unit='MiB'>32</memory>
  <os><type arch='x86_64' machine='q35'>hvm</type></os></domain>`;

function missing(program: string, probe: readonly string[]): string | undefined {
  if (!existsSync(bundle)) return 'needs the bundle of virtkitd: npm run build';
  if (spawnSync('qemu-system-x86_64', ['--version']).status !== 0) return 'needs qemu-system-x86_64';
  return spawnSync(program, probe).status === 0 ? undefined : `needs ${program} with libvirt's binding`;
}

function run(program: string, args: readonly string[]): Promise<Seen> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    let complained = '';
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (complained += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(JSON.parse(said) as Seen);
      else reject(new Error(`${program} ended with ${code}: ${complained}`));
    });
  });
}

for (const { name, program, script, probe } of bindings) {
  const reason = missing(program, probe);
  const skipped = reason === undefined ? '' : ` (skipped: ${reason})`;

  describe.skipIf(reason !== undefined)(`${name}${skipped}`, () => {
    let root = '';
    let daemon: DaemonProcess;

    beforeAll(async () => {
      root = mkdtempSync('/tmp/vkb-');
      chmodSync(root, 0o755); // QEMU runs as a user of its own
      daemon = await DaemonProcess.start({ root });
    });
    afterAll(async () => {
      await daemon.stop();
      rmSync(root, { recursive: true, force: true });
    });

    it('defines, starts, lists and ends a guest and hears of it in both styles of events', async () => {
      const uri = `qemu+unix:///${system ? 'system' : 'session'}?socket=${daemon.socket}`;
      const seen = await run(program, [join(here, script), uri, document]);
      const [defined, undefinedNow, started, stopped] = [0, 1, 2, 5];
      const milestones = [defined, started, stopped, undefinedNow];
      const kinds = seen.events.any.map(([event]) => event);

      expect(seen.complete).toBe(true);
      expect(kinds.filter((event) => milestones.includes(event))).toEqual(milestones);
      expect(seen.events.any.every(([, , guest]) => guest === 'bound')).toBe(true);
      expect(seen.events.legacy).toEqual(seen.events.any);
      expect(seen.states).toEqual([
        [1, 1], // running, booted
        [5, 2], // shut off, destroyed
      ]);
      expect(seen.lists).toEqual([['bound'], []]);
      expect(seen.left).toBe(0);
    });
  });
}
