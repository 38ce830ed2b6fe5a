import { describe, expect, it } from 'vitest';
import { driverPaths } from './process/guest-paths.js';
import { commandConfig, ignoredSettings, userSettings } from './settings.js';

const paths = driverPaths({ config: '/c', state: '/s', run: '/r', log: '/l', cache: '/k' });

describe('settings of the configuration section', () => {
  it('say which of them have no effect', () => {
    const config = { user: 'me', group: 7, log_timestamp: 'no', securty_driver: 'none', constructor: 1 };
    expect(ignoredSettings(config)).toEqual(['log_timestamp', 'securty_driver', 'constructor']);
  });

  it('take names and numbers for user and group', () => {
    expect(userSettings({ user: 'me', group: 7 })).toEqual({ user: 'me', group: 7 });
    expect(userSettings({ user: true })).toEqual({});
  });

  it('reach the command line; one of the wrong type leaves the default', () => {
    const config = commandConfig({ seccomp_sandbox: 0, log_timestamp: false, dump_guest_core: 'yes' }, paths, true);
    expect(config).toMatchObject({
      seccompSandbox: 0,
      logTimestamp: false,
      dumpGuestCore: false,
      glusterDebugLevel: 4,
    });
  });
});
