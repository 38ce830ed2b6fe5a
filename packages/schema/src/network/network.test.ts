import { formatElement, parseElement } from '@virtkit/xml';
import { describe, expect, test } from 'vitest';
import { network } from './network-element.js';
import type { Network } from './network.js';
import { updateNetwork } from './update/update.js';

const read = (inner: string): Network => parseElement(network, `<network><name>n</name>${inner}</network>`);
const ip = "<ip address='192.168.1.1' netmask='255.255.255.0'>";

describe('networks', () => {
  test('addresses come out in canonical form, the device of <forward> as first interface', () => {
    const text = "<forward dev='eth0'/><ip family='ipv6' address='2001:DB8::0:1' prefix='64'/>";
    expect(formatElement(network, read(text))).toBe(`<network>
  <name>n</name>
  <forward dev='eth0' mode='nat'>
    <interface dev='eth0'/>
  </forward>
  <bridge stp='on' delay='0'/>
  <ip family='ipv6' address='2001:db8::1' prefix='64'>
  </ip>
</network>
`);
  });

  test.each([
    ["<forward mode='nat'/>", 27, "nat forwarding requested, but no IP address provided for network 'n'"],
    ["<forward mode='bogus'/>", 67, "unknown forwarding type 'bogus'"],
    ["<forward mode='vepa'/><bridge name='br0'/>", 27, "bridge name not allowed in vepa mode (network 'n')"],
    ["<ip address='nonsense'/>", 27, "Invalid address 'nonsense' in network 'n'"],
    ["<ip address='fe80::1'/>", 67, "no family specified for non-IPv4 address 'fe80::1' in network 'n'"],
    [
      `${ip}<dhcp><range start='10.0.0.1' end='10.0.0.2'/></dhcp></ip>`,
      1,
      'not entirely within network 192.168.1.1/24',
    ],
    [
      `${ip}<dhcp><range start='192.168.1.9' end='192.168.1.2'/></dhcp></ip>`,
      1,
      'range 192.168.1.9 - 192.168.1.2 is reversed',
    ],
    [`${ip}<dhcp><host mac='01:00:5e:00:00:01' ip='192.168.1.2'/></dhcp></ip>`, 27, 'expected unicast mac address'],
    ["<dns enable='no'><txt name='a' value='b'/></dns>", 27, "Extra data in disabled network 'n'"],
    ["<dns><host ip='1.2.3.4'/></dns>", 35, "Missing hostname in network 'n' DNS HOST record"],
    ["<mac address='01:00:00:00:00:00'/>", 27, 'Invalid multicast bridge mac address'],
  ])('%s is refused with number %i', (inner, code, words) => {
    let caught: unknown;
    try {
      read(inner);
    } catch (error) {
      caught = error;
    }
    expect(caught).toMatchObject({ code });
    expect(String(caught)).toContain(words);
  });

  test('options of dnsmasq keep their namespace', () => {
    const uri = 'http://libvirt.org/schemas/network/dnsmasq/1.0';
    const text = `<network xmlns:x='${uri}'><name>n</name><x:options><x:option value='a=b'/></x:options></network>`;
    const written = formatElement(network, parseElement(network, text));
    expect(written).toContain(`<network xmlns:dnsmasq='${uri}'>`);
    expect(written).toContain("<dnsmasq:option value='a=b'/>");
  });

  test('counts of connections are shown for a running network only', () => {
    const definition = { ...read(''), connections: 2 };
    expect(formatElement(network, definition, { live: true })).toContain("connections='2'");
    expect(formatElement(network, definition)).not.toContain('connections');
  });
});

describe('changes of a network', () => {
  const lending = (): Network =>
    read(`${ip}<dhcp><host mac='52:54:00:00:00:01' name='one' ip='192.168.1.2'/></dhcp></ip>`);
  const change = (
    definition: Network,
    command: 'add-last' | 'delete' | 'modify',
    xml: string,
    section = 'ip-dhcp-host',
  ) => updateNetwork(definition, section, { command, parentIndex: -1, xml });

  test('an entry is found by any of its fields', () => {
    const definition = lending();
    change(definition, 'delete', "<host ip='192.168.1.2'/>");
    expect(definition.ips[0]?.dhcp?.hosts).toEqual([]);
  });

  test('the same entry twice is refused', () => {
    expect(() => change(lending(), 'add-last', "<host mac='52:54:00:00:00:01' ip='192.168.1.9'/>")).toThrow(
      `there is an existing dhcp host entry in network 'n' that matches "<host mac='52:54:00:00:00:01' name='unknown' ip='192.168.1.9'/>"`,
    );
  });

  test('a section that cannot be changed says so', () => {
    expect(() => change(lending(), 'modify', '<bridge/>', 'bridge')).toThrow(
      "can't update 'bridge' section of network 'n'",
    );
  });

  test('the wrong element is named', () => {
    expect(() => change(lending(), 'add-last', '<range/>')).toThrow(
      "unexpected element <range>, expecting <host>, while updating network 'n'",
    );
  });
});
