import type { Accepts } from '@virtkit/core';

const target = ['live', 'config'] as const;

/** Options this driver understands, per operation. */
export const accepts: Accepts = {
  'lifecycle.start': ['paused', 'autodestroy', 'bypassCache', 'forceBoot', 'resetNvram'],
  'lifecycle.createTransient': ['paused', 'autodestroy', 'validate', 'resetNvram'],
  'lifecycle.shutdown': ['acpi', 'agent'],
  'lifecycle.reboot': ['acpi', 'agent'],
  'lifecycle.destroy': ['graceful', 'removeLogs'],
  'lifecycle.setLifecycleAction': target,
  'configuration.define': ['validate'],
  'configuration.undefine': [
    'managedSave',
    'snapshotsMetadata',
    'checkpointsMetadata',
    'nvram',
    'keepNvram',
    'tpm',
    'keepTpm',
  ],
  'configuration.setMemory': [...target, 'maximum'],
  'configuration.setMemoryStatisticsPeriod': target,
  'configuration.setVcpus': [...target, 'maximum', 'guest', 'hotpluggable'],
  'configuration.vcpuCount': [...target, 'maximum', 'guest'],
  'configuration.setMetadata': target,
  'devices.attach': target,
  'devices.detach': target,
  'devices.detachByAlias': target,
  'devices.update': [...target, 'force'],
  'console.open': ['force', 'safe'],
  'console.openChannel': ['force'],
  'console.openGraphicsFd': ['skipAuth'],
  'native.monitorCommand': ['hmp'],
  'tuning.read': target,
  'tuning.vcpuPins': target,
  'tuning.emulatorPin': target,
  'statistics.ioThreads': target,
  'statistics.read': ['backing', 'nowait'],
  'guest.setTime': ['sync'],
  'guest.setPassword': ['encrypted'],
};
