import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseRemoteUri } from '../uri.js';
import { socketPath } from './socket-path.js';

const session = parseRemoteUri('qemu:///session');

describe('the socket of a session', () => {
  it('lies below the runtime directory of the user', () => {
    expect(socketPath(session, false, { XDG_RUNTIME_DIR: '/r', XDG_CACHE_HOME: '/k' })).toBe('/r/virtkit/libvirt-sock');
  });

  it('lies where virtkitd falls back to when the user has no runtime directory', () => {
    expect(socketPath(session, false, { XDG_CACHE_HOME: '/k' })).toBe('/k/virtkit/run/libvirt-sock');
    expect(socketPath(session, false, { XDG_CACHE_HOME: '/k', XDG_RUNTIME_DIR: '' })).toBe(
      '/k/virtkit/run/libvirt-sock',
    );
  });

  it('is libvirtd`s when only that one is there', () => {
    const cache = mkdtempSync(join(tmpdir(), 'vk-'));
    const theirs = join(cache, 'libvirt', 'libvirt-sock');
    mkdirSync(join(cache, 'libvirt'));
    writeFileSync(theirs, '');
    expect(socketPath(session, false, { XDG_CACHE_HOME: cache })).toBe(theirs);
    rmSync(cache, { recursive: true });
  });

  it('is the one the uri names, unless Node would cut it off', () => {
    expect(socketPath(parseRemoteUri('qemu+unix:///session?socket=/s'), false, {})).toBe('/s');
    const long = parseRemoteUri(`qemu+unix:///session?socket=/${'s'.repeat(107)}`);
    expect(() => socketPath(long, false, {})).toThrow('longer than 107 bytes');
  });
});
