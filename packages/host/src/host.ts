import { userInfo } from 'node:os';
import type { HostServices } from '@virtkit/core';
import { HostCommands } from './commands/commands.js';
import { HostFiles } from './files/durable-files.js';
import { IpLinks, type Links } from './links/links.js';
import { Machine } from './machine/machine.js';

/** Host services of this machine, with what a plugin's contract does not name. */
export interface Host extends HostServices {
  readonly commands: HostCommands;
  readonly files: HostFiles;
  readonly links: Links;
  readonly machine: Machine;
}

/** The host services of this process. Cheap: nothing is looked up before it is used. */
export function createHost(): Host {
  const commands = new HostCommands();
  const { uid, gid } = userInfo();
  return {
    commands,
    files: new HostFiles(),
    links: new IpLinks(commands),
    machine: new Machine(commands),
    user: { uid, gid, privileged: uid === 0 },
  };
}
