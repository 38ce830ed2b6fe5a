import type { NetworkStorageSource, StorageHost } from '@virtkit/schema';

export type NetworkProtocol = NetworkStorageSource['protocol'];

/** Ports that a server listens on unless something else is said; protocols without a row have none. */
const defaultPorts: Partial<Record<NetworkProtocol, string>> = {
  nbd: '10809',
  gluster: '24007',
  iscsi: '3260',
  http: '80',
  https: '443',
  ftp: '21',
  ftps: '990',
  tftp: '69',
  ssh: '22',
  sheepdog: '7000',
  vxhs: '9999',
};

/** A source on a network; what is not given is absent. */
export function networkSource(
  protocol: NetworkProtocol,
  hosts: readonly StorageHost[],
  more: Partial<NetworkStorageSource> = {},
): NetworkStorageSource {
  const withPorts = hosts.map((host) => withPort(protocol, host));
  return { type: 'network', protocol, hosts: withPorts, seclabels: [], ...more } as NetworkStorageSource; // all its other rows are optional
}

function withPort(protocol: NetworkProtocol, host: StorageHost): StorageHost {
  const port = host.port ?? defaultPorts[protocol];
  return host.transport === 'unix' || port === undefined ? host : { ...host, port };
}
