import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type EventName, messageType, remote, XdrReader } from '@virtkit/protocol';
import { domainXml, uuidOf } from './domain-xml.js';
import { type RunningDaemon, startDaemon } from './start-daemon.js';
import { CallFailed, type Received, WireClient } from './wire-client.js';

let daemon: RunningDaemon;
beforeEach(async () => {
  daemon = await startDaemon();
});
afterEach(async () => {
  expect(daemon.logged).toEqual([]);
  await daemon[Symbol.asyncDispose]();
});

function decoded({ header, payload }: Received): object {
  const name = (remote.nameOf(header.procedure) ?? '') as EventName<typeof remote>;
  const message = remote.rows[name].message.codec().read(new XdrReader(payload));
  return { name, serial: header.serial, ...message };
}
const isEvent = ({ header }: Received): boolean => header.type === messageType.event;

describe('lifecycle events', () => {
  it('reach the caller before the reply of the call that caused them', async () => {
    const client = await WireClient.open(daemon.socket);
    await client.call('connectDomainEventCallbackRegisterAny', { eventID: 0 });
    const { dom } = await client.call('domainDefineXML', { xml: domainXml('demo') });
    client.received.length = 0;
    const serial = client.send('domainCreate', { dom });
    const order: number[] = [];
    for (let i = 0; i < 3; i++) order.push((await client.next(() => true)).header.type);
    expect(order).toEqual([messageType.event, messageType.event, messageType.reply]);
    expect(serial).toBeGreaterThan(0);
    client.end();
  });

  it('carry the callback id, serial 1 and libvirt`s numbers in the new style', async () => {
    const client = await WireClient.open(daemon.socket);
    expect(await client.call('connectDomainEventCallbackRegisterAny', { eventID: 1 })).toEqual({ callbackID: 0 });
    expect(await client.call('connectDomainEventCallbackRegisterAny', { eventID: 0 })).toEqual({ callbackID: 1 });
    await client.call('domainDefineXML', { xml: domainXml('demo') });
    expect(decoded(await client.next(isEvent))).toEqual({
      name: 'domainEventCallbackLifecycle',
      serial: 1,
      callbackID: 1,
      msg: { dom: { name: 'demo', uuid: uuidOf(1), id: -1 }, event: 0, detail: 0 },
    });
    client.end();
  });

  it('carry no id in the old style', async () => {
    const client = await WireClient.open(daemon.socket);
    await client.call('connectDomainEventRegister', {});
    const { dom } = await client.call('domainDefineXML', { xml: domainXml('demo') });
    await client.call('domainCreate', { dom });
    const events = [await client.next(isEvent), await client.next(isEvent), await client.next(isEvent)].map(decoded);
    expect(events).toEqual([
      { name: 'domainEventLifecycle', serial: 1, dom, event: 0, detail: 0 },
      { name: 'domainEventLifecycle', serial: 1, dom: { ...dom, id: 1 }, event: 4, detail: 0 },
      { name: 'domainEventLifecycle', serial: 1, dom: { ...dom, id: 1 }, event: 2, detail: 0 },
    ]);
    client.end();
  });

  it('come only for the domain that was asked for', async () => {
    const client = await WireClient.open(daemon.socket);
    const { dom } = await client.call('domainDefineXML', { xml: domainXml('one', 1) });
    await client.call('connectDomainEventCallbackRegisterAny', { eventID: 0, dom });
    await client.call('domainDefineXML', { xml: domainXml('two', 2) });
    await client.call('domainDefineXML', { xml: domainXml('one', 1) });
    expect(client.received.filter(isEvent).map(decoded)).toMatchObject([{ msg: { dom: { name: 'one' } } }]);
    client.end();
  });

  it('stop after the callback was removed, and with the connection', async () => {
    const client = await WireClient.open(daemon.socket);
    const { callbackID } = await client.call('connectDomainEventCallbackRegisterAny', { eventID: 0 });
    await client.call('connectDomainEventCallbackDeregisterAny', { callbackID });
    await client.call('domainDefineXML', { xml: domainXml('demo') });
    expect(client.received.filter(isEvent)).toEqual([]);
    client.end();
  });
});

describe('registration', () => {
  it('succeeds for every event libvirt knows, in the style it knows it in', async () => {
    const client = await WireClient.open(daemon.socket);
    for (let eventID = 0; eventID < 28; eventID++) {
      await client.call('connectDomainEventCallbackRegisterAny', { eventID });
    }
    for (const eventID of [0, 1]) {
      await client.call('connectNetworkEventRegisterAny', { eventID });
      await client.call('connectStoragePoolEventRegisterAny', { eventID });
      await client.call('connectNodeDeviceEventRegisterAny', { eventID });
      await client.call('connectSecretEventRegisterAny', { eventID });
    }
    await client.call('connectRegisterCloseCallback', {});
    client.end();
  });

  it.each([28, -1, 2 ** 31 - 1])('refuses event %d', async (eventID) => {
    const client = await WireClient.open(daemon.socket);
    const attempt = client.call('connectDomainEventCallbackRegisterAny', { eventID });
    await expect(attempt).rejects.toThrow(`unsupported event ID ${eventID}`);
    client.end();
  });

  it('refuses one event in both styles, and an id that is not registered', async () => {
    const client = await WireClient.open(daemon.socket);
    await client.call('connectDomainEventRegisterAny', { eventID: 0 });
    await expect(client.call('connectDomainEventCallbackRegisterAny', { eventID: 0 })).rejects.toThrow(CallFailed);
    await expect(client.call('connectDomainEventCallbackDeregisterAny', { callbackID: 44 })).rejects.toThrow(
      'domain event callback 44 not registered',
    );
    client.end();
  });
});

describe('a vanished client', () => {
  it('takes the guests it started with autodestroy along', async () => {
    const watcher = await WireClient.open(daemon.socket);
    const { dom } = await watcher.call('domainDefineXML', { xml: domainXml('demo') });
    const client = await WireClient.open(daemon.socket);
    await client.call('domainCreateWithFlags', { dom, flags: 2 });
    expect(await watcher.call('domainIsActive', { dom })).toEqual({ active: 1 });
    await watcher.call('connectDomainEventCallbackRegisterAny', { eventID: 0 });
    client.end();
    await watcher.next(isEvent);
    expect(await watcher.call('domainIsActive', { dom })).toEqual({ active: 0 });
    watcher.end();
  });
});

describe('a subscriber that never reads', () => {
  it('costs a bounded queue and is then dropped, while others go on', async () => {
    const lazy = await WireClient.open(daemon.socket);
    for (let i = 0; i < 30; i++) await lazy.call('connectDomainEventCallbackRegisterAny', { eventID: 0 });
    lazy.socket.pause();
    const busy = await WireClient.open(daemon.socket);
    const xml = domainXml('n'.repeat(200));
    for (let i = 0; i < 2500 && daemon.daemon.clientCount > 1; i++) await busy.call('domainDefineXML', { xml });
    expect(daemon.daemon.clientCount).toBe(1);
    expect(await busy.call('connectGetType', {})).toEqual({ type: 'FAKE' });
    busy.end();
    lazy.end();
  }, 30_000);
});
