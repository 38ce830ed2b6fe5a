import { describe, expect, it } from 'vitest';
import { XdrReader } from '../xdr/reader.js';
import { XdrWriter } from '../xdr/writer.js';
import { wireError } from './error.js';
import { beginMessage, endMessage, messageStatus, messageType, readHeader } from './header.js';

const header = {
  program: 0x20008086,
  version: 1,
  procedure: 23,
  type: messageType.reply,
  serial: 7,
  status: messageStatus.error,
};

describe('message headers', () => {
  it('take 28 bytes with the length, which counts itself and the payload', () => {
    const writer = new XdrWriter(8);
    writer.uint(0xdead);
    const start = beginMessage(writer, header);
    writer.uint(5);
    endMessage(writer, start);
    const bytes = writer.copy(start);
    expect(bytes.readUInt32BE()).toBe(32);
    expect(bytes.toString('hex', 4, 28)).toBe('2000808600000001000000170000000100000007' + '00000001');
    expect(readHeader(new XdrReader(bytes, 4))).toEqual(header);
  });
});

describe('wireError', () => {
  it('carries libvirt errors with what is absent left out', () => {
    const writer = new XdrWriter();
    const error = { code: 42, domain: 10, message: 'Domain not found', level: 2, str1: '%s', int1: -1, int2: -1 };
    wireError.codec().write(writer, error);
    expect(wireError.codec().read(new XdrReader(writer.copy()))).toEqual({
      ...error,
      dom: undefined,
      str2: undefined,
      str3: undefined,
      net: undefined,
    });
  });
});
