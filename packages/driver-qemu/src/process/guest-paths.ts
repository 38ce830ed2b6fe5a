import { join } from 'node:path';
import type { Directories } from '@virtkit/core';
import { shortName } from '../command/paths.js';

/** Folders of the driver; made when it starts. */
export interface DriverPaths {
  /** Definitions: `NAME.xml`, `autostart/`. */
  readonly configDir: string;
  /** State that outlives a start: NVRAM, saved memory, `domain-ID-NAME`. */
  readonly libDir: string;
  readonly nvramDir: string;
  readonly saveDir: string;
  readonly swtpmDir: string;
  /** Status documents and pid files. */
  readonly runDir: string;
  readonly channelDir: string;
  readonly swtpmRunDir: string;
  readonly passtDir: string;
  readonly logDir: string;
  readonly swtpmLogDir: string;
  readonly capabilityDir: string;
}

export function driverPaths(directories: Directories): DriverPaths {
  const [libDir, runDir] = [join(directories.state, 'qemu'), join(directories.run, 'qemu')];
  return {
    configDir: join(directories.config, 'qemu'),
    libDir,
    nvramDir: join(libDir, 'nvram'),
    saveDir: join(libDir, 'save'),
    swtpmDir: join(directories.state, 'swtpm'),
    runDir,
    channelDir: join(runDir, 'channel'),
    swtpmRunDir: join(runDir, 'swtpm'),
    passtDir: join(runDir, 'passt'),
    logDir: join(directories.log, 'qemu'),
    swtpmLogDir: join(directories.log, 'swtpm', 'libvirt', 'qemu'),
    capabilityDir: join(directories.cache, 'qemu', 'capabilities'),
  };
}

/** What one start of one guest uses. */
export interface GuestPaths {
  /** `domain-ID-NAME`, with the monitor's socket and the master key. */
  readonly folder: string;
  readonly monitor: string;
  readonly masterKey: string;
  /** Sockets of its channels. */
  readonly channels: string;
  readonly log: string;
  readonly pidFile: string;
  readonly managedSave: string;
  /** Names of the guest's helpers begin with it. */
  readonly shortName: string;
}

export function guestPaths(paths: DriverPaths, name: string, id: number): GuestPaths {
  const short = shortName({ id, name });
  const folder = join(paths.libDir, `domain-${short}`);
  return {
    folder,
    monitor: join(folder, 'monitor.sock'),
    masterKey: join(folder, 'master-key.aes'),
    channels: join(paths.channelDir, short),
    log: logPath(paths, name),
    pidFile: join(paths.runDir, `${name}.pid`),
    managedSave: managedSavePath(paths, name),
    shortName: short,
  };
}

export const logPath = (paths: DriverPaths, name: string): string => join(paths.logDir, `${name}.log`);
export const managedSavePath = (paths: DriverPaths, name: string): string => join(paths.saveDir, `${name}.save`);
