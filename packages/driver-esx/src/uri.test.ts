import { parseUri } from '@virtkit/core';
import { describe, expect, it } from 'vitest';
import { readUri } from './uri.js';

const read = (text: string) => readUri(parseUri(text));
const refused = (text: string) => expect(() => read(text));

describe('an esx uri', () => {
  it('goes to the usual port and checks certificates', () => {
    expect(read('esx://root@host/')).toEqual({
      endpoint: { host: 'host', port: 443, transport: 'https', noVerify: false },
      user: 'root',
      path: [],
      autoAnswer: false,
    });
  });
  it('takes libvirt s parameters', () => {
    expect(read('esx://host/?transport=http&no_verify=1&auto_answer=1')).toMatchObject({
      endpoint: { port: 80, transport: 'http', noVerify: true },
      autoAnswer: true,
    });
  });
  it('pins a certificate by its fingerprint, however that is written', () => {
    const digits = 'ab'.repeat(32);
    const colons = digits.toUpperCase().replaceAll(/(..)(?=.)/g, '$1:');
    for (const text of [digits, colons, `sha256:${colons}`])
      expect(read(`esx://host/?fingerprint=${text}`).endpoint.fingerprint).toBe(digits);
  });
  it('names a datacenter, a cluster and a host of a vCenter', () => {
    expect(read('vpx://host/DC0/folder/C0/H0').path).toEqual(['DC0', 'folder', 'C0', 'H0']);
  });
  it('is refused where it cannot be meant', () => {
    refused('esx:///').toThrow('URI is missing the server part');
    refused('esx://host/?no_verify=yes').toThrow(
      "Query parameter 'no_verify' has unexpected value 'yes' (should be 0 or 1)",
    );
    refused('esx://host/?transport=ftp').toThrow('should be http|https');
    refused('esx://host/?fingerprint=12').toThrow('should be a SHA-256 fingerprint');
    refused('esx://host/?cacert=/nonexistent').toThrow('cannot be read');
    refused('esx://host/DC0').toThrow('does not name anything');
  });
});
