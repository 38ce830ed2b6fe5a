import { execFileSync } from 'node:child_process';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Session } from '@virtkit/core';
import { findProgram } from '@virtkit/host';
import { afterEach, beforeEach, expect } from 'vitest';
import { firmwareGuest, missingQemu, testUnless } from './testing/firmware-guest.js';
import { realKernel, removeFolder, testFolder, type RealKernel } from './testing/real-kernel.js';

const why = await missingQemu();
const real = testUnless(why);
const imageTool = await findProgram('qemu-img');

let folder = '';
let running: RealKernel;
let session: Session;
let events: string[] = [];
beforeEach(async () => {
  folder = await testFolder();
  running = await realKernel(folder);
  session = await running.open();
  events = listen(session);
});
afterEach(async () => {
  for (const { ref, active } of await session.domains.list()) {
    if (active) await session.domains.destroy(ref).catch(() => undefined);
  }
  await running[Symbol.asyncDispose]();
  await removeFolder(folder);
});

function listen(from: Session): string[] {
  const seen: string[] = [];
  from.events.onDomain({}, ({ event }) => {
    if (event.type === 'lifecycle') seen.push(`${event.event} ${event.detail}`);
  });
  return seen;
}
const folders = async (): Promise<readonly string[]> =>
  (await readdir(join(folder, 'lib', 'qemu'))).filter((entry) => entry.startsWith('domain-'));
const pidOf = async (name: string): Promise<number> =>
  Number(await readFile(join(folder, 'run', 'qemu', `${name}.pid`), 'utf8'));

real('starts and destroys with the events libvirt sends, and leaves nothing', async () => {
  const defined = await session.domains.define(firmwareGuest('g'));
  const started = await session.domains.start(defined);
  expect(started.id).toBe(1);
  expect(await session.domains.state(started)).toEqual({ state: 'running', reason: 'booted' });
  await session.domains.destroy(started);
  expect(await session.domains.state(defined)).toEqual({ state: 'shutoff', reason: 'destroyed' });
  expect(events).toEqual(['defined added', 'resumed unpaused', 'started booted', 'shutdown host', 'stopped destroyed']);
  expect(await folders()).toEqual([]);
  const log = await readFile(join(folder, 'log', 'qemu', 'g.log'), 'utf8');
  expect(log).toMatch(/starting up virtkit version[\s\S]*shutting down, reason=destroyed/);
});

real('runs as another user than root, in the sandbox', async () => {
  const started = await session.domains.start(await session.domains.define(firmwareGuest('g')));
  const status = await readFile(`/proc/${await pidOf('g')}/status`, 'utf8');
  expect(status).toMatch(/^Seccomp:\s*2$/m);
  if (process.getuid?.() === 0) expect(status).toMatch(/^Uid:\s*65534\s/m);
  await session.domains.destroy(started);
});

real('pauses, resumes and starts paused', async () => {
  const defined = await session.domains.define(firmwareGuest('g'));
  const started = await session.domains.start(defined, { paused: true });
  expect(await session.domains.state(started)).toEqual({ state: 'paused', reason: 'user' });
  await session.domains.resume(started);
  await session.domains.suspend(started);
  expect(await session.domains.state(started)).toEqual({ state: 'paused', reason: 'user' });
  await session.domains.resume(started);
  await expect(session.domains.resume(started)).rejects.toThrow(
    'Requested operation is not valid: domain is already running',
  );
  expect(events.slice(1)).toEqual([
    'started booted',
    'suspended paused',
    'resumed unpaused',
    'suspended paused',
    'resumed unpaused',
  ]);
});

real('a QEMU that cannot start says why, and the guest is off', async () => {
  const device = '<qemu:commandline><qemu:arg value="-device"/><qemu:arg value="nonexistent"/></qemu:commandline>';
  const defined = await session.domains.define(firmwareGuest('g', { outside: device }));
  await expect(session.domains.start(defined)).rejects.toThrow(
    /internal error: process exited while connecting to monitor: .*'nonexistent' is not a valid device model name/,
  );
  expect(await session.domains.state(defined)).toEqual({ state: 'shutoff', reason: 'failed' });
  expect(events).toEqual(['defined added']);
  expect(await folders()).toEqual([]);
});

real('a guest whose QEMU was killed is off, and known as crashed', async () => {
  const defined = await session.domains.define(firmwareGuest('g'));
  await session.domains.start(defined);
  process.kill(await pidOf('g'), 'SIGKILL');
  await expect.poll(() => session.domains.state(defined)).toEqual({ state: 'shutoff', reason: 'crashed' });
  await expect.poll(() => events.at(-1)).toBe('stopped failed');
});

real('a guest survives its daemon: same id, state and document', async () => {
  const started = await session.domains.start(await session.domains.define(firmwareGuest('g')));
  const [pid, before] = [await pidOf('g'), await session.domains.xmlDesc(started)];
  await running[Symbol.asyncDispose]();
  running = await realKernel(folder);
  session = await running.open();
  const [found] = await session.domains.list();
  expect(found).toMatchObject({ active: true, ref: { id: 1 }, state: { state: 'running', reason: 'booted' } });
  expect(await pidOf('g')).toBe(pid);
  expect(await session.domains.xmlDesc(started)).toBe(before);
  await session.domains.destroy(started);
});

real('a guest that ended while no daemon was there is cleared away', async () => {
  await session.domains.start(await session.domains.define(firmwareGuest('g')));
  const pid = await pidOf('g');
  await running[Symbol.asyncDispose]();
  process.kill(pid, 'SIGKILL');
  await expect.poll(() => isRunning(pid)).toBe(false);
  running = await realKernel(folder);
  session = await running.open();
  expect(await session.domains.list()).toMatchObject([{ active: false, state: { state: 'shutoff' } }]);
  expect(await folders()).toEqual([]);
});

/** A process that ended may still wait for its parent to take notice. */
const isRunning = async (pid: number): Promise<boolean> =>
  readFile(`/proc/${pid}/stat`, 'utf8').then(
    (stat) => !stat.includes(' Z '),
    () => false,
  );

real('a start that a daemon did not finish leaves no process', async () => {
  await session.domains.start(await session.domains.define(firmwareGuest('g')));
  const pid = await pidOf('g');
  await running[Symbol.asyncDispose]();
  const status = join(folder, 'run', 'qemu', 'g.xml');
  const text = await readFile(status, 'utf8');
  await writeFile(status, text.replace("phase='active'", "phase='starting'").replace(/ pid='\d+' startTime='\d+'/, ''));
  running = await realKernel(folder);
  session = await running.open();
  expect(await session.domains.list()).toMatchObject([{ active: false }]);
  expect(await isRunning(pid)).toBe(false);
});

real('autodestroy ends the guest with the connection that started it', async () => {
  const defined = await session.domains.define(firmwareGuest('g'));
  await session.domains.start(defined, { autodestroy: true });
  await running.scope.close();
  expect(await session.domains.state(defined)).toEqual({ state: 'shutoff', reason: 'destroyed' });
});

real('one QEMU that hangs holds nobody up', async () => {
  const hung = await session.domains.start(await session.domains.define(firmwareGuest('hung')));
  const other = await session.domains.start(await session.domains.define(firmwareGuest('other')));
  await session.statistics.all({});
  const pid = await pidOf('hung');
  process.kill(pid, 'SIGSTOP');
  try {
    const waiting = Array.from({ length: 30 }, () => session.statistics.of([hung]));
    const before = performance.now();
    const all = await session.statistics.all({});
    // Behind the thirty that wait it would take a quarter of a minute.
    expect(performance.now() - before).toBeLessThan(5_000);
    expect(all.find(({ domain }) => domain.name === 'hung')?.ageMs).toBeGreaterThan(0);
    expect(all.find(({ domain }) => domain.name === 'other')?.ageMs).toBeUndefined();
    await session.domains.xmlDesc(hung);
    await session.domains.destroy(other);
    await Promise.all(waiting);
  } finally {
    process.kill(pid, 'SIGCONT');
  }
});

testUnless(why ?? (imageTool === undefined ? 'qemu-img is not installed' : undefined))(
  'disks are handed to QEMU and back, plugged in and out',
  async () => {
    const image = join(folder, 'extra.qcow2');
    execFileSync(imageTool ?? '', ['create', '-q', '-f', 'qcow2', image, '1M']);
    const owner = (await stat(image)).uid;
    const started = await session.domains.start(await session.domains.define(firmwareGuest('g')));
    const disk = `<disk type='file' device='disk'><driver name='qemu' type='qcow2'/><source file='${image}'/><target dev='sdb' bus='scsi'/></disk>`;
    await session.devices.attach(started, disk, { live: true });
    expect(await session.domains.xmlDesc(started)).toContain("<alias name='scsi0-0-0-1'/>");
    if (process.getuid?.() === 0) expect((await stat(image)).uid).toBe(65534);
    await session.devices.detach(started, disk, { live: true });
    await expect
      .poll(async () => (await session.domains.xmlDesc(started)).includes("dev='sdb'"), { timeout: 8_000 })
      .toBe(false);
    expect((await stat(image)).uid).toBe(owner);
  },
);

real('a generator of random numbers and a card are plugged in; a drive gets another medium', async () => {
  const port = "<controller type='pci' model='pcie-root-port'/>";
  const drive = "<disk type='file' device='cdrom'><target dev='sda' bus='sata'/></disk>";
  const medium = join(folder, 'medium.iso');
  await writeFile(medium, Buffer.alloc(4096));
  const devices = `<controller type='pci' model='pcie-root'/>${port.repeat(8)}${drive}`;
  const started = await session.domains.start(await session.domains.define(firmwareGuest('g', { devices })));
  const target = { live: true };
  await session.devices.attach(started, "<rng model='virtio'><backend model='builtin'/></rng>", target);
  const card =
    "<interface type='user'><mac address='52:54:00:00:00:01'/><model type='virtio'/><link state='down'/></interface>";
  await session.devices.attach(started, card, target);
  await session.devices.update(started, drive.replace('<target', `<source file='${medium}'/><target`), target);
  const live = await session.domains.xmlDesc(started);
  expect(live).toContain("<alias name='rng0'/>");
  expect(live).toContain("<alias name='net0'/>");
  expect(live).toContain(`<source file='${medium}'`);
  await expect(session.devices.attach(started, "<sound model='ich9'/>", target)).rejects.toThrow(
    "live attach of device 'sound' is not supported",
  );
});

real('threads run where the definition binds them', async () => {
  const outside = "<cputune><vcpupin vcpu='0' cpuset='0'/></cputune>";
  const started = await session.domains.start(await session.domains.define(firmwareGuest('g', { outside })));
  expect((await session.statistics.vcpus(started)).map(({ affinity }) => affinity.indexOf(true))).toEqual([0]);
  expect((await session.statistics.vcpus(started)).map(({ affinity }) => affinity.lastIndexOf(true))).toEqual([0]);
  const nowhere = "<cputune><emulatorpin cpuset='4000'/></cputune>";
  const refused = await session.domains.define(firmwareGuest('nowhere', { outside: nowhere }));
  await expect(session.domains.start(refused)).rejects.toThrow(
    /^cannot set CPU affinity on process \d+: Invalid argument$/,
  );
  expect((await session.domains.state(refused)).state).toBe('shutoff');
});
