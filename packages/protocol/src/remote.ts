import { authRows } from './remote/auth.js';
import { domainEventsRows } from './remote/domain-events.js';
import { eventsRows } from './remote/events.js';
import { domainMigrationRows } from './remote/domain-migration.js';
import { domainSnapshotsRows } from './remote/domain-snapshots.js';
import { domainSavedRows } from './remote/domain-saved.js';
import { domainBlocksRows } from './remote/domain-blocks.js';
import { domainStatisticsRows } from './remote/domain-statistics.js';
import { domainTuningRows } from './remote/domain-tuning.js';
import { domainVcpusRows } from './remote/domain-vcpus.js';
import { domainGuestRows } from './remote/domain-guest.js';
import { domainDevicesRows } from './remote/domain-devices.js';
import { domainNativeRows } from './remote/domain-native.js';
import { domainListsRows } from './remote/domain-lists.js';
import { domainLifecycleRows } from './remote/domain-lifecycle.js';
import { domainConfigurationRows } from './remote/domain-configuration.js';
import { networkRows } from './remote/network.js';
import { interfaceRows } from './remote/interface.js';
import { nwfilterRows } from './remote/nwfilter.js';
import { storageVolumeRows } from './remote/storage-volume.js';
import { storagePoolRows } from './remote/storage-pool.js';
import { nodeDeviceRows } from './remote/node-device.js';
import { secretRows } from './remote/secret.js';
import { hostRows } from './remote/host.js';
import { connectRows } from './remote/connect.js';
import { program } from './program.js';

/** libvirt's main program: 400 calls and 53 events. */
export const remote = program(
  { name: 'remote', id: 0x20008086, version: 1 },
  {
    ...authRows,
    ...domainEventsRows,
    ...eventsRows,
    ...domainMigrationRows,
    ...domainSnapshotsRows,
    ...domainSavedRows,
    ...domainBlocksRows,
    ...domainStatisticsRows,
    ...domainTuningRows,
    ...domainVcpusRows,
    ...domainGuestRows,
    ...domainDevicesRows,
    ...domainNativeRows,
    ...domainListsRows,
    ...domainLifecycleRows,
    ...domainConfigurationRows,
    ...networkRows,
    ...interfaceRows,
    ...nwfilterRows,
    ...storageVolumeRows,
    ...storagePoolRows,
    ...nodeDeviceRows,
    ...secretRows,
    ...hostRows,
    ...connectRows,
  },
);
