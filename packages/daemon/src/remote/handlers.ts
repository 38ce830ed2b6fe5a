import type { Handlers, remote } from '@virtkit/protocol';
import { connectHandlers } from './connect.js';
import { domainBlockHandlers } from './domain-blocks.js';
import { domainCheckpointHandlers } from './domain-checkpoints.js';
import { domainConfigurationHandlers } from './domain-configuration.js';
import { domainDeviceHandlers } from './domain-devices.js';
import { domainGuestHandlers } from './domain-guest.js';
import { domainLifecycleHandlers } from './domain-lifecycle.js';
import { domainListHandlers } from './domain-lists.js';
import { domainMigrationHandlers } from './domain-migration.js';
import { domainNativeHandlers } from './domain-native.js';
import { domainSavedHandlers } from './domain-saved.js';
import { domainSnapshotHandlers } from './domain-snapshots.js';
import { domainStatisticsHandlers } from './domain-statistics.js';
import { domainTuningHandlers } from './domain-tuning.js';
import { domainVcpuHandlers } from './domain-vcpus.js';
import { eventHandlers } from './events.js';
import { hostHandlers } from './host.js';
import { interfaceHandlers } from './interfaces.js';
import { networkPortHandlers } from './network-ports.js';
import { networkHandlers } from './networks.js';
import { nodeDeviceHandlers } from './node-devices.js';
import { nwfilterHandlers } from './nwfilters.js';
import { secretHandlers } from './secrets.js';
import type { RemoteCall } from './state.js';
import { storagePoolHandlers } from './storage-pools.js';
import { storageVolumeHandlers } from './storage-volumes.js';

/** The dispatch table of the main program; what is not here is not supported. */
export const remoteHandlers: Handlers<typeof remote, RemoteCall> = {
  ...connectHandlers,
  ...hostHandlers,
  ...domainListHandlers,
  ...domainConfigurationHandlers,
  ...domainLifecycleHandlers,
  ...domainVcpuHandlers,
  ...domainDeviceHandlers,
  ...domainStatisticsHandlers,
  ...domainTuningHandlers,
  ...domainGuestHandlers,
  ...domainBlockHandlers,
  ...domainSavedHandlers,
  ...domainSnapshotHandlers,
  ...domainCheckpointHandlers,
  ...domainMigrationHandlers,
  ...domainNativeHandlers,
  ...eventHandlers,
  ...storagePoolHandlers,
  ...storageVolumeHandlers,
  ...networkHandlers,
  ...networkPortHandlers,
  ...interfaceHandlers,
  ...nodeDeviceHandlers,
  ...secretHandlers,
  ...nwfilterHandlers,
};
