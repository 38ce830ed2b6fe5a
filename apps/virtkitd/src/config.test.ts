import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from './config.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'virtkitd-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (text: string): void => writeFileSync(join(folder, 'virtkitd.json'), text);

describe('the configuration', () => {
  it('may be missing, unless it was named', () => {
    expect(readConfig(folder, undefined)).toEqual({});
    expect(() => readConfig(folder, join(folder, 'other.json'))).toThrow(/other\.json/);
  });

  it('is taken as it is written', () => {
    write('{ "maxClients": 7, "plugins": { "disabled": ["esx"] }, "sections": { "qemu": { "user": "nobody" } } }');
    expect(readConfig(folder, undefined)).toMatchObject({ maxClients: 7, plugins: { disabled: ['esx'] } });
  });

  it.each([
    ['{ "maxClinets": 7 }', "unknown key 'maxClinets'"],
    ['{ "maxClients": -7 }', "bad value of 'maxClients'"],
    ['{ "maxClientRequests": 0 }', "bad value of 'maxClientRequests'"],
    ['[]', 'one JSON object'],
    ['{', 'virtkitd.json'],
  ])('refuses %s and says where', (text, message) => {
    write(text);
    expect(() => readConfig(folder, undefined)).toThrow(message);
  });
});
