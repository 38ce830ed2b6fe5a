import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Connection } from '@virtkit/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DaemonProcess } from '../daemon-process.js';
import { guestXml } from './operations.js';
import { reason, skipped } from './surroundings.js';

const password = 'Qx7secre';
const vnc = (extra = ''): string => `<graphics type='vnc' port='-1' passwd='${password}' ${extra}/>`;

describe.skipIf(reason !== undefined)(`the password of a display${skipped}`, () => {
  const root = reason === undefined ? mkdtempSync('/tmp/vkpass-') : '';
  let daemon: DaemonProcess;
  let connection: Connection;

  beforeAll(async () => {
    chmodSync(root, 0o755);
    daemon = await DaemonProcess.start({ root });
    connection = await daemon.open();
    await (await connection.domains.define(guestXml('guarded', vnc()))).start();
  });
  afterAll(async () => {
    await (await connection.domains.lookupByName('guarded')).destroy();
    await connection.close();
    await daemon.stop();
    rmSync(root, { recursive: true, force: true });
  });

  const filesWith = (text: string): readonly string[] =>
    readdirSync(root, { recursive: true })
      .map((path) => join(root, String(path)))
      .filter((path) => statSync(path).isFile() && readFileSync(path).includes(text));

  it('is kept, in files nobody else can read', () => {
    const found = filesWith(password);
    expect(found.length).toBeGreaterThan(0);
    expect(found.map((path) => (statSync(path).mode & 0o077).toString(8))).toEqual(found.map(() => '0'));
  });

  it('is in no process list', () => {
    const lines = readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((pid) => commandLine(pid));
    expect(lines.some((line) => line.includes('guest=guarded'))).toBe(true);
    expect(lines.filter((line) => line.includes(password))).toEqual([]);
  });

  it('is in no log, also when something fails', async () => {
    const refused = connection.domains.define(guestXml('wrong', vnc("passwdValidTo='never'")));
    await expect(refused).rejects.toThrow();
    expect(await refused.catch(String)).not.toContain(password);
    expect(daemon.log).not.toContain(password);
    expect(filesWith(password).filter((path) => path.includes('/log/'))).toEqual([]);
  });

  it('is shown to who may see it and asks for it, and to nobody else', async () => {
    const guest = await connection.domains.lookupByName('guarded');
    expect(await guest.xml()).not.toContain(password);
    expect(await guest.xml({ secure: true })).toContain(password);
  });
});

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1');
  } catch {
    return ''; // it ended meanwhile
  }
}
