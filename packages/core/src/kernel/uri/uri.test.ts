import { describe, expect, it } from 'vitest';
import { formatUri } from './format-uri.js';
import { parseUri } from './parse-uri.js';

describe('connection uris', () => {
  it('splits driver, transport, user, host, port, path and parameters', () => {
    expect(parseUri('qemu+ssh://root@example.com:2222/system?socket=/run/x&mode=legacy')).toMatchObject({
      scheme: 'qemu',
      transport: 'ssh',
      user: 'root',
      host: 'example.com',
      port: 2222,
      path: '/system',
      parameters: new Map([
        ['socket', '/run/x'],
        ['mode', 'legacy'],
      ]),
    });
  });

  it('reads an empty authority as no host', () => {
    const uri = parseUri('test:///default');
    expect(uri.host).toBeUndefined();
    expect(formatUri(uri)).toBe('test:///default');
  });

  it('keeps IPv6 addresses in brackets when formatted', () => {
    const uri = parseUri('esx://[2001:db8::1]:8443/?no_verify=1');
    expect(uri.host).toBe('2001:db8::1');
    expect(formatUri(uri)).toBe('esx://[2001:db8::1]:8443/?no_verify=1');
  });

  it('drops empty and nameless parameters and gives missing values as empty', () => {
    expect(formatUri(parseUri('test://h/?a&&=x;b=1 '.trim()))).toBe('test://h/?a=&b=1');
  });

  it('keeps both of two parameters with one name in the normal form', () => {
    expect(formatUri(parseUri('test://h/?a=1&a=2'))).toBe('test://h/?a=1&a=2');
  });

  it('refuses what is no uri, and a uri without a driver', () => {
    expect(() => parseUri('test:///a b')).toThrow('Unable to parse URI');
    expect(() => parseUri('/default')).toThrow("URI '/default' does not include a driver name");
  });
});
