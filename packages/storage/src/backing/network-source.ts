import { type NetworkStorageSource, type StorageHost, storagePorts, type StorageProtocol } from '@virtkit/schema';

/** A source on a network; what is not given is absent. */
export function networkSource(
  protocol: StorageProtocol,
  hosts: readonly StorageHost[],
  more: Partial<NetworkStorageSource> = {},
): NetworkStorageSource {
  const withPorts = hosts.map((host) => withPort(protocol, host));
  return { type: 'network', protocol, hosts: withPorts, seclabels: [], ...more } as NetworkStorageSource; // all its other rows are optional
}

function withPort(protocol: StorageProtocol, host: StorageHost): StorageHost {
  const port = host.port ?? storagePorts[protocol];
  return host.transport === 'unix' || port === undefined ? host : { ...host, port };
}
