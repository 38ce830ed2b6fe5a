import { attr, element, type FieldsOf, oneOf, onOff, optAttr, optChild, uint, within, yesNo } from '@virtkit/xml';
import { errorsFrom } from '../../errors/virt-error.js';
import { deviceInfo, virtioDriver } from '../device-info.js';

const domainError = errorsFrom('DOMAIN');

const iommuDriverRows = {
  intremap: optAttr(onOff),
  cachingMode: optAttr(onOff, { as: 'caching_mode' }),
  eim: optAttr(onOff),
  iotlb: optAttr(onOff),
  awBits: optAttr(uint(), { as: 'aw_bits', omit: 0 }),
  dmaTranslation: optAttr(onOff, { as: 'dma_translation' }),
  xtsup: optAttr(onOff),
  passthrough: optAttr(onOff),
};
export interface IommuDriver extends FieldsOf<typeof iommuDriverRows> {}
const iommuRows = {
  model: attr(oneOf('intel', 'smmuv3', 'virtio', 'amd')),
  driver: optChild(element<IommuDriver>('driver', iommuDriverRows, { omitEmpty: true })),
  ...deviceInfo,
};
/** `<iommu>` */
export interface Iommu extends FieldsOf<typeof iommuRows> {}
export const iommu = element<Iommu>('iommu', iommuRows, {
  refine: ({ model, driver, address }) => {
    if (model === 'virtio' && driver !== undefined && Object.keys(driver).length > 0) {
      throw domainError('XML_ERROR', "iommu model 'virtio' doesn't support additional attributes");
    }
    if (model !== 'virtio' && model !== 'amd' && address !== undefined) {
      throw domainError('XML_ERROR', `iommu model '${model}' can't have address`);
    }
  },
});

const vsockRows = {
  model: optAttr(oneOf('virtio', 'virtio-transitional', 'virtio-non-transitional')),
  ...within('cid', { cidAuto: optAttr(yesNo, { as: 'auto' }), cid: optAttr(uint({ min: 1 }), { as: 'address' }) }),
  driver: optChild(virtioDriver),
  ...deviceInfo,
};
/** `<vsock>` */
export interface Vsock extends FieldsOf<typeof vsockRows> {}
export const vsock = element<Vsock>('vsock', vsockRows, {
  refine: ({ cid }) => {
    if (cid !== undefined && cid < 3) throw domainError('CONFIG_UNSUPPORTED', 'guest CIDs must be >= 3');
  },
});
