import {
  attr,
  child,
  element,
  type FieldsOf,
  flag,
  hex,
  int,
  oneOf,
  only,
  optAttr,
  optChild,
  optText,
  uuid,
  within,
  yesNo,
} from '@virtkit/xml';
import { badNumberSet, numberSet } from '../../values/bitmap.js';
import { missing, refuse } from '../../values/failures.js';
import { size } from '../../values/size-rows.js';
import { deviceInfo } from '../device-info.js';
import { absolutePath } from '../../values/paths.js';

const sourceRows = {
  nodemask: optText(numberSet, { invalid: badNumberSet }),
  pagesize: size(),
  path: optText(absolutePath),
  alignsize: size(),
  pmem: flag(),
};
/** Where the memory comes from on the host; sizes in KiB. */
export interface MemoryDeviceSource extends FieldsOf<typeof sourceRows> {}

const targetRows = {
  dynamicMemslots: optAttr(yesNo),
  size: size({ required: true }),
  node: optText(int({ min: 0 }), refuse('XML_ERROR', 'invalid value of memory device node')),
  ...within('label', { labelSize: size({ as: 'size' }) }),
  block: size(),
  requested: size(),
  current: only('live', size()),
  readonly: flag(),
  ...within('address', { base: optAttr(hex(1, { max: Number.MAX_SAFE_INTEGER })) }),
};
/** What the guest sees; sizes in KiB. */
export interface MemoryDeviceTarget extends FieldsOf<typeof targetRows> {}

const memoryDeviceRows = {
  model: attr(oneOf('dimm', 'nvdimm', 'virtio-pmem', 'virtio-mem', 'sgx-epc')),
  access: optAttr(oneOf('shared', 'private')),
  discard: optAttr(yesNo),
  uuid: optText(uuid),
  source: optChild(element<MemoryDeviceSource>('source', sourceRows, { omitEmpty: true })),
  target: child(
    element<MemoryDeviceTarget>('target', targetRows),
    missing('XML_ERROR', 'missing <target> element for <memory> device'),
  ),
  ...deviceInfo,
};
/** `<memory>` among the devices. */
export interface MemoryDevice extends FieldsOf<typeof memoryDeviceRows> {}
export const memoryDevice = element<MemoryDevice>('memory', memoryDeviceRows, {
  refine: ({ model, target }) => {
    if (model === 'virtio-mem') return;
    delete target.block;
    delete target.requested;
  },
});
