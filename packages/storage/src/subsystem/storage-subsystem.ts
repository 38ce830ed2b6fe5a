import type { Accepts, PluginContext, Subsystem } from '@virtkit/core';
import { poolDefinitions } from './pool-definitions.js';
import { poolLifecycle } from './pool-lifecycle.js';
import { Pools } from './pools.js';
import { storageService } from './service.js';
import { volumeChanges } from './volume-changes.js';
import { volumeCreation } from './volume-create.js';
import { volumeQueries } from './volume-queries.js';
import { volumeTransfer } from './volume-transfer.js';

const accepts: Accepts = {
  'storage.createTransient': ['build', 'overwrite', 'noOverwrite'],
  'storage.start': ['build', 'overwrite', 'noOverwrite'],
  'storage.build': ['overwrite', 'noOverwrite', 'repair', 'resize'],
  'storage.delete': ['zeroed'],
  'storage.deleteVolume': ['zeroed', 'withSnapshots'],
  'storage.createVolume': ['preallocMetadata', 'validate'],
  'storage.createVolumeFrom': ['preallocMetadata', 'reflink', 'validate'],
  'storage.resizeVolume': ['allocate', 'delta', 'shrink'],
  'storage.volumeInfo': ['physical'],
  'storage.read': ['sparse'],
  'storage.write': ['sparse'],
};

/** Pools and volumes of this host, made of whatever backends are installed. */
export function storageSubsystem(context: PluginContext): Subsystem<'storage'> {
  const pools = new Pools(context);
  return {
    facet: 'storage',
    accepts,
    implementation: {
      ...poolDefinitions(pools),
      ...poolLifecycle(pools),
      ...volumeQueries(pools),
      ...volumeCreation(pools),
      ...volumeChanges(pools),
      ...volumeTransfer(pools),
    },
    service: storageService(pools),
  };
}
