import type { Dialect } from '@virtkit/core';
import type { Domain } from '@virtkit/schema';
import { assignAddresses } from './addresses/assign-addresses.js';
import { completeBasics } from './complete/basics.js';
import { completeDefinition } from './complete/definition.js';
import { completeAddedDevices, completeDevices } from './complete/devices.js';
import type { QemuFacts } from './complete/facts.js';
import { definitionForMigration } from './complete/migration.js';
import type { DialectHost } from './dialect-host.js';
import { gatherFacts } from './dialect-host.js';
import { qemuNamespaceRows } from './namespace/qemu-rows.js';
import { checkUsb } from './validate/usb.js';
import { qemuChecks } from './validate/validate-definition.js';

/** The steps of completion that are QEMU's own, tied to the common ones. */
export const qemuSteps: NonNullable<Dialect<QemuFacts>['complete']> = [
  { at: 'first', apply: completeBasics },
  { at: 'domain', apply: completeDefinition },
  { at: 'device', apply: completeDevices },
  { at: 'addresses', apply: completeAddedDevices },
  { at: 'addresses', apply: checkUsb },
  { at: 'addresses', apply: assignAddresses },
];

/** What this driver adds to the common domain document. All but `gather` is pure. */
export const qemuDialect = (host: DialectHost): Dialect<QemuFacts> => ({
  namespaces: [qemuNamespaceRows],
  virtTypes: ['qemu', 'kvm', 'hvf'],
  judgesType: true,
  gather: (definition: Domain, purpose, signal) => gatherFacts(definition, purpose, host, signal),
  complete: qemuSteps,
  validate: qemuChecks,
  forMigration: definitionForMigration,
});
