import { expect, test } from 'vitest';
import { definitionOf } from '../testing/definitions.js';
import { FakeGuest, fakeServices, runtimeOf } from '../testing/fake-services.js';
import { LiveGuest } from './live-guest.js';
import { handleEvent } from './monitor-events.js';
import type { JsonObject } from '../command/json.js';

function guestWith(devices = '', outside = '') {
  const guest = new FakeGuest(definitionOf(devices, { live: true, outside }), runtimeOf());
  const faked = fakeServices(guest);
  const live = new LiveGuest(guest.uuid);
  const send = async (event: string, data: JsonObject = {}): Promise<void> => {
    handleEvent({ services: faked.services, guest: faked.guest, live, event: { event, data, seconds: 1, micros: 2 } });
    await live.settled();
  };
  const lifecycle = () =>
    faked.events.flatMap((event) => (event.type === 'lifecycle' ? [`${event.event} ${event.detail}`] : []));
  return { ...faked, fake: guest, live, send, lifecycle };
}

test('a pause is told with the reason that was set before it', async () => {
  const { live, fake, send, lifecycle } = guestWith();
  live.pausing = 'ioerror';
  await send('STOP');
  expect(fake.runtime?.state).toEqual({ state: 'paused', reason: 'ioerror' });
  await send('STOP');
  expect(lifecycle()).toEqual(['suspended ioerror']);
  await send('RESUME');
  expect(fake.runtime?.state).toEqual({ state: 'running', reason: 'unpaused' });
});

test('a shutdown by the guest is told once, and the stop after it is no news', async () => {
  const { live, send, lifecycle } = guestWith();
  await send('SHUTDOWN', { guest: true, reason: 'guest-shutdown' });
  await send('STOP');
  await send('SHUTDOWN', { guest: true });
  expect(lifecycle()).toEqual(['shutdown guest']);
  expect(live.stopping).toBe('shutdown');
});

test('a shutdown that is half of a reboot is no event', async () => {
  const { fake, send, lifecycle } = guestWith();
  fake.runtime = runtimeOf({ fakeReboot: true });
  await send('SHUTDOWN', { guest: true });
  expect(lifecycle()).toEqual([]);
  expect(fake.runtime.fakeReboot).toBe(false);
});

test('a reset is told, unless the document wants the guest to end', async () => {
  const restarted = guestWith();
  await restarted.send('RESET', { guest: true });
  expect(restarted.events).toEqual([{ type: 'reboot' }]);
  const ended = guestWith('', '<on_reboot>destroy</on_reboot>');
  await ended.send('RESET', { guest: true });
  expect(ended.events).toEqual([]);
  expect(ended.live.stopping).toBe('destroyed');
});

test('the channel of the agent changes the document and tells', async () => {
  const { fake, events, send } = guestWith(
    `<channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0' state='disconnected'/><alias name='channel0'/></channel>`,
  );
  await send('VSERPORT_CHANGE', { id: 'channel0', open: true });
  await send('VSERPORT_CHANGE', { id: 'channel0', open: true });
  expect(fake.live.devices.channels[0]?.target).toMatchObject({ state: 'connected' });
  expect(events).toEqual([{ type: 'agentLifecycle', state: 'connected', reason: 'channel' }]);
});

test('the balloon, trays, clocks and failures of disks are told in the words of libvirt', async () => {
  const { fake, events, send } = guestWith(
    `<disk type='file' device='cdrom'><source file='/cd'/><target dev='sda' bus='sata'/><alias name='sata0-0-0'/></disk>`,
  );
  await send('BALLOON_CHANGE', { actual: 4096 });
  await send('DEVICE_TRAY_MOVED', { id: 'sata0-0-0', device: '', 'tray-open': true });
  await send('RTC_CHANGE', { offset: 5 });
  await send('BLOCK_IO_ERROR', { 'qom-path': '/machine/peripheral/sata0-0-0', action: 'stop', nospace: true });
  expect(fake.live.currentMemory).toBe(4);
  expect(fake.live.devices.disks[0]?.target.tray).toBe('open');
  expect(events).toEqual([
    { type: 'balloonChange', actualKiB: 4n },
    { type: 'trayChange', alias: 'sata0-0-0', reason: 'open' },
    { type: 'rtcChange', offsetSeconds: 5n },
    { type: 'ioError', path: '/cd', alias: 'sata0-0-0', action: 'pause', reason: 'enospc' },
  ]);
});

test('an event nobody knows, also one named like a member of objects, is passed over', async () => {
  const { events, send } = guestWith();
  await send('OF_THE_FUTURE');
  await send('constructor');
  expect(events).toEqual([]);
});
