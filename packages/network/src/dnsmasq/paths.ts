import { join } from 'node:path';
import type { Directories } from '@virtkit/core';
import { escapeText } from '@virtkit/xml';

/** Where the files of one network's dnsmasq lie. */
export interface DnsmasqPaths {
  readonly config: string;
  /** Static DHCP hosts; read again on SIGHUP. */
  readonly hosts: string;
  /** Further DNS hosts; read again on SIGHUP. */
  readonly names: string;
  readonly leases: string;
  readonly pid: string;
}

/** The folder of all networks' files. */
export const dnsmasqFolder = (directories: Directories): string => join(directories.state, 'dnsmasq');
/** The folder of status documents and process numbers. */
export const runFolder = (directories: Directories): string => join(directories.run, 'network');

/** libvirt writes names into the configuration as into XML; so are the files called. */
export function dnsmasqPaths(folder: string, run: string, network: string): DnsmasqPaths {
  const name = escapeText(network);
  return {
    config: join(folder, `${name}.conf`),
    hosts: join(folder, `${name}.hostsfile`),
    names: join(folder, `${name}.addnhosts`),
    leases: join(folder, `${name}.leases`),
    pid: join(run, `${name}.pid`),
  };
}
