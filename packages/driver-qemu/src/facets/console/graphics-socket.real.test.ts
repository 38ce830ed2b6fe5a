import { once } from 'node:events';
import { Socket } from 'node:net';
import type { Session } from '@virtkit/core';
import { nativeServices } from '@virtkit/host';
import { afterEach, beforeEach, expect } from 'vitest';
import { firmwareGuest, missingQemu, testUnless } from '../../testing/firmware-guest.js';
import { realKernel, removeFolder, testFolder, type RealKernel } from '../../testing/real-kernel.js';

const why = (await missingQemu()) ?? ((await nativeServices()) === undefined ? 'koffi is not installed' : undefined);
const real = testUnless(why);

let folder = '';
let running: RealKernel;
let session: Session;
beforeEach(async () => {
  folder = await testFolder();
  running = await realKernel(folder);
  session = await running.open();
});
afterEach(async () => {
  for (const { ref, active } of await session.domains.list()) if (active) await session.domains.destroy(ref);
  await running[Symbol.asyncDispose]();
  await removeFolder(folder);
});

/** The first words of a display: VNC's version, then which ways to prove who one is it takes. */
async function greeting(fd: number): Promise<string> {
  const socket = new Socket({ fd });
  socket.write('RFB 003.008\n');
  let text = '';
  while (text.length < 14) text += String(((await once(socket, 'data')) as [Buffer])[0].toString('latin1'));
  socket.destroy();
  return text;
}
const withoutPassword = '\x01\x01';
const withPassword = '\x01\x02';

const guestWith = (devices: string): string => firmwareGuest('g', { devices });

real('a display talks through a socket of its own, with and without its password', async () => {
  const devices = `<graphics type='vnc' passwd='secret'/><video><model type='vga'/></video>`;
  const guest = await session.domains.start(await session.domains.define(guestWith(devices)));
  const asked = await session.console.openGraphicsFd(guest, 0, {});
  expect(await greeting(asked.fd)).toBe(`RFB 003.008\n${withPassword}`);
  const trusted = await session.console.openGraphicsFd(guest, 0, { skipAuth: true });
  expect(await greeting(trusted.fd)).toBe(`RFB 003.008\n${withoutPassword}`);
});

real('a display that is not there, or of a guest that is off, is refused in libvirt’s words', async () => {
  const guest = await session.domains.define(guestWith(`<graphics type='vnc'/>`));
  await expect(session.console.openGraphicsFd(guest, 0, {})).rejects.toThrow('domain is not running');
  const started = await session.domains.start(guest);
  await expect(session.console.openGraphicsFd(started, 1, {})).rejects.toThrow(
    'internal error: No graphics backend with index 1',
  );
});
