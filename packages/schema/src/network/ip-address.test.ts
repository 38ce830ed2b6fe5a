import { describe, expect, test } from 'vitest';
import { canonicalAddress, defaultPrefix, netmaskPrefix, parseIpAddress, type IpAddress } from './ip-address.js';

const address = (text: string): IpAddress => parseIpAddress(text) as IpAddress;

describe('addresses', () => {
  test.each([
    ['192.168.122.1', '192.168.122.1'],
    ['10.1', '10.0.0.1'],
    ['0x7f.0.0.1', '127.0.0.1'],
    ['010.0.0.1', '8.0.0.1'],
    ['2001:DB8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['::', '::'],
    ['::1', '::1'],
    ['fe80:0:0:0:0:0:0:1', 'fe80::1'],
    ['::ffff:10.0.0.1', '::ffff:10.0.0.1'],
    ['1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7:8'],
    ['1:0:3:4:5:6:7:8', '1:0:3:4:5:6:7:8'],
  ])('%s is %s', (text, canonical) => {
    expect(canonicalAddress(text)).toBe(canonical);
  });

  test.each(['', 'a', '1.2.3.4.5', '256.1.1.1', '1.2.3.', '1::2::3', '1:2:3:4:5:6:7', ':1', '12345::', '08.1.1.1'])(
    '%s is none',
    (text) => {
      expect(canonicalAddress(text)).toBeUndefined();
    },
  );

  test('a netmask with gaps has no prefix', () => {
    expect(netmaskPrefix(address('255.255.255.0'))).toBe(24);
    expect(netmaskPrefix(address('0.0.0.0'))).toBe(0);
    expect(netmaskPrefix(address('255.255.255.255'))).toBe(32);
    expect(netmaskPrefix(address('255.0.255.0'))).toBeUndefined();
  });

  test('without mask the old classes count', () => {
    expect(['10.0.0.1', '172.16.0.1', '192.168.0.1', 'fd00::1'].map((text) => defaultPrefix(address(text)))).toEqual([
      8, 16, 24, 64,
    ]);
  });
});
