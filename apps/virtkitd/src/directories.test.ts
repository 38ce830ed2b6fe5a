import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { directoriesFor, makeDirectories } from './directories.js';

describe('directories', () => {
  it('are the system`s in system mode, and below the root where one is given', () => {
    expect(directoriesFor({ root: undefined, session: false }, {})).toEqual({
      config: '/etc/virtkit',
      state: '/var/lib/virtkit',
      run: '/run/virtkit',
      log: '/var/log/virtkit',
      cache: '/var/cache/virtkit',
    });
    expect(directoriesFor({ root: '/srv/x', session: true }, {}).run).toBe('/srv/x/run/virtkit');
  });

  it('are the user`s in session mode', () => {
    const environment = { XDG_CONFIG_HOME: '/c', XDG_DATA_HOME: '/d', XDG_RUNTIME_DIR: '/r', XDG_CACHE_HOME: '/k' };
    expect(directoriesFor({ root: undefined, session: true }, environment)).toEqual({
      config: '/c/virtkit',
      state: '/d/virtkit',
      run: '/r/virtkit',
      log: '/k/virtkit/log',
      cache: '/k/virtkit',
    });
    expect(directoriesFor({ root: undefined, session: true }, {}).config).toBe(join(homedir(), '.config/virtkit'));
  });

  it('are made, the configuration for the daemon`s user alone', () => {
    const root = mkdtempSync(join(tmpdir(), 'virtkitd-'));
    const directories = directoriesFor({ root, session: false }, {});
    makeDirectories(directories);
    expect(statSync(directories.config).mode & 0o777).toBe(0o700);
    expect(statSync(directories.run).isDirectory()).toBe(true);
    rmSync(root, { recursive: true });
  });
});
