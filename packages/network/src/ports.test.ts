import type { NetworkPort } from '@virtkit/schema';
import { describe, expect, test } from 'vitest';
import { plugPort, unplugPort } from './ports.js';
import { networkOf } from './testing/documents.js';

const port = (more: Partial<NetworkPort> = {}): NetworkPort => ({
  uuid: '00000000-0000-4000-8000-000000000001',
  owner: { name: 'guest', uuid: '00000000-0000-4000-8000-000000000002' },
  mac: '52:54:00:00:00:01',
  ...more,
});

describe('ports', () => {
  test('a network with a bridge of its own gives the bridge', () => {
    const network = networkOf("<network><name>n</name><bridge name='virbr0' macTableManager='libvirt'/></network>");
    const plugged = port();
    plugPort(network, plugged);
    expect(plugged.plug).toEqual({ type: 'network', bridge: 'virbr0', macTableManager: 'libvirt' });
    expect(network.connections).toBe(1);
    unplugPort(network, plugged);
    expect(network.connections).toBeUndefined();
  });

  test('the group of the guest, else the default group, adds its settings', () => {
    const network = networkOf(`<network><name>n</name><forward mode='bridge'/><bridge name='br0'/>
      <virtualport type='openvswitch'/>
      <portgroup name='a' default='yes'><vlan><tag id='5'/></vlan></portgroup>
      <portgroup name='b' trustGuestRxFilters='yes'/></network>`);
    const first = port();
    plugPort(network, first);
    expect(first).toMatchObject({ vlan: { tags: [{ id: 5 }] }, virtualport: { type: 'openvswitch' } });
    const second = port({ group: 'b' });
    plugPort(network, second);
    expect(second.vlan).toBeUndefined();
    expect(second.rxfilters).toEqual({ trustGuest: true });
  });

  test('devices of a pool are used evenly', () => {
    const network = networkOf(
      "<network><name>n</name><forward mode='vepa'><interface dev='e1'/><interface dev='e2'/></forward></network>",
    );
    const devices = [port(), port(), port()].map((one) => {
      plugPort(network, one);
      return one.plug?.type === 'direct' ? one.plug.dev : undefined;
    });
    expect(devices).toEqual(['e1', 'e2', 'e1']);
  });

  test('a device for one guest alone is not given twice', () => {
    const network = networkOf(
      "<network><name>n</name><forward mode='passthrough'><interface dev='e1'/></forward></network>",
    );
    plugPort(network, port());
    expect(() => plugPort(network, port())).toThrow(
      "network 'n' requires exclusive access to interfaces, but none are available",
    );
  });

  test('a switch profile is refused where packets are forwarded', () => {
    const network = networkOf("<network><name>n</name><bridge name='virbr0'/></network>");
    expect(() => plugPort(network, port({ virtualport: { type: 'openvswitch' } }))).toThrow('which uses IP forwarding');
  });
});
