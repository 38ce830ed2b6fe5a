export { connect, Connection, type ConnectOptions } from './connection.js';
export { ConnectionError, errorCode, hasCode, LibvirtError } from './errors.js';
export type { KeepaliveOptions } from './keepalive.js';
export { Domain, type DomainHandle, Domains, domainStates, type LifecycleEvent } from './objects/domains.js';
export { Network, type NetworkHandle, Networks } from './objects/networks.js';
export {
  type PoolHandle,
  StoragePool,
  StoragePools,
  StorageVolume,
  type VolumeHandle,
} from './objects/storage-pools.js';
export { type CallOptions, RpcConnection } from './rpc/connection.js';
export { ByteStream, type Hole } from './rpc/stream.js';
export { parseRemoteUri, type RemoteUri } from './uri.js';
