import { attr, element, type FieldsOf, oneOf, onOff, optAttr, optChild, text, uint } from '@virtkit/xml';
import { errorsFrom } from '../../errors/virt-error.js';
import { missing } from '../../values/failures.js';
import { size } from '../../values/size-rows.js';
import { deviceInfo } from '../device-info.js';
import { absolutePath } from '../../values/paths.js';

const domainError = errorsFrom('DOMAIN');

const modelRows = { type: attr(oneOf('ivshmem', 'ivshmem-plain', 'ivshmem-doorbell')) };
export interface ShmemModel extends FieldsOf<typeof modelRows> {}
const serverRows = { path: optAttr(absolutePath) };
export interface ShmemServer extends FieldsOf<typeof serverRows> {}
const msiRows = { vectors: optAttr(uint(), { omit: 0 }), ioeventfd: optAttr(onOff) };
export interface ShmemMsi extends FieldsOf<typeof msiRows> {}
const shmemRows = {
  name: attr(text, missing('XML_ERROR', "shmem element must contain 'name' attribute")),
  role: optAttr(oneOf('default', 'master', 'peer'), { omit: 'default' }),
  model: optChild(element<ShmemModel>('model', modelRows)),
  size: size({ omitZero: true, inMegabytes: true, path: './size[1]' }),
  server: optChild(element<ShmemServer>('server', serverRows)),
  msi: optChild(element<ShmemMsi>('msi', msiRows)),
  ...deviceInfo,
};
/** `<shmem>`, `size` in KiB. */
export interface Shmem extends FieldsOf<typeof shmemRows> {}
export const shmem = element<Shmem>('shmem', shmemRows, {
  refine: ({ name, msi, server }) => {
    if (name.includes('/')) throw domainError('CONFIG_UNSUPPORTED', "shmem name cannot include '/' character");
    if (name === '.' || name === '..')
      throw domainError('CONFIG_UNSUPPORTED', `shmem name cannot be equal to '${name}'`);
    if (msi !== undefined && server === undefined)
      throw domainError('XML_ERROR', 'msi option is only supported with a server');
  },
});
