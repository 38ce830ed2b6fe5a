import { attr, element, type FieldsOf, oneOf, optAttr, optText, text, within, yesNo } from '@virtkit/xml';
import { absolutePath } from '../values/paths.js';

const pmRows = {
  ...within('suspend-to-mem', { suspendToMem: optAttr(yesNo, { as: 'enabled' }) }),
  ...within('suspend-to-disk', { suspendToDisk: optAttr(yesNo, { as: 'enabled' }) }),
};
/** `<pm>` */
export interface PowerManagement extends FieldsOf<typeof pmRows> {}
export const pm = element<PowerManagement>('pm', pmRows, { omitEmpty: true });

/** Events of `<perf>`, in libvirt's order. */
export const perfEvents = [
  'cmt',
  'mbmt',
  'mbml',
  'cpu_cycles',
  'instructions',
  'cache_references',
  'cache_misses',
  'branch_instructions',
  'branch_misses',
  'bus_cycles',
  'stalled_cycles_frontend',
  'stalled_cycles_backend',
  'ref_cpu_cycles',
  'cpu_clock',
  'task_clock',
  'page_faults',
  'context_switches',
  'cpu_migrations',
  'page_faults_min',
  'page_faults_maj',
  'alignment_faults',
  'emulation_faults',
] as const;
const perfEventRows = {
  name: attr(oneOf(...perfEvents)),
  enabled: attr(yesNo),
};
/** One of `<perf>`. */
export interface PerfEvent extends FieldsOf<typeof perfEventRows> {}
export const perfEvent = element<PerfEvent>('event', perfEventRows);

const resourceRows = {
  partition: optText(absolutePath),
  ...within('fibrechannel', { appid: optAttr(text) }),
};
/** `<resource>` */
export interface Resource extends FieldsOf<typeof resourceRows> {}
export const resource = element<Resource>('resource', resourceRows, { omitEmpty: true });

/** What happens when the guest ends in one way or another. */
export const lifecycleActions = oneOf('destroy', 'restart', 'rename-restart', 'preserve');
export const crashActions = oneOf(
  'destroy',
  'restart',
  'rename-restart',
  'preserve',
  'coredump-destroy',
  'coredump-restart',
);
export const lockfailureActions = oneOf('poweroff', 'restart', 'pause', 'ignore');
