import {
  attr,
  attributeOf,
  child,
  element,
  type ElementType,
  type FieldsOf,
  hex,
  oneOf,
  optAttr,
  optChild,
  type Scalar,
  text,
  uint,
  yesNo,
} from '@virtkit/xml';
import { commonError, storageError, storageXmlError } from '../errors.js';

const wwn: Scalar<string> = {
  parse: (value) => (/^[0-9a-fA-F]{16}$/.test(value) ? value : undefined),
  format: (value) => value,
};
const malformedWwn = { invalid: (value: string) => commonError('INTERNAL_ERROR', `Malformed wwn: ${value}`) };

const addressRows = { domain: attr(hex(4)), bus: attr(hex(2)), slot: attr(hex(2)), function: attr(hex(1)) };
export interface AdapterParentAddress extends FieldsOf<typeof addressRows> {}
const noUniqueId = storageXmlError("Missing or invalid scsi adapter 'unique_id' value");
const parentRows = {
  uniqueId: attr(uint(), { as: 'unique_id', invalid: noUniqueId, missing: noUniqueId }),
  address: child(element<AdapterParentAddress>('address', addressRows), {
    missing: storageXmlError('Missing scsi_host PCI address element'),
  }),
};
export interface AdapterParent extends FieldsOf<typeof parentRows> {}

const rows = {
  type: attr(oneOf('scsi_host', 'fc_host'), { default: 'scsi_host' }),
  name: optAttr(text),
  parent: optAttr(text),
  parentWwnn: optAttr(wwn, { as: 'parent_wwnn', ...malformedWwn }),
  parentWwpn: optAttr(wwn, { as: 'parent_wwpn', ...malformedWwn }),
  parentFabricWwn: optAttr(wwn, { as: 'parent_fabric_wwn', ...malformedWwn }),
  managed: optAttr(yesNo),
  wwnn: optAttr(wwn, malformedWwn),
  wwpn: optAttr(wwn, malformedWwn),
  parentaddr: optChild(element<AdapterParent>('parentaddr', parentRows)),
};
/** The host bus adapter of a `scsi` pool. */
export interface StorageAdapter extends FieldsOf<typeof rows> {}

export const adapter: ElementType<StorageAdapter> = element<StorageAdapter>('adapter', rows, {
  refine(value, node) {
    if (attributeOf(node, 'type') === undefined) refineUntyped(value);
    if (value.type === 'fc_host') refineFibreChannel(value);
    else refineScsiHost(value);
  },
});

function refineUntyped(value: StorageAdapter): void {
  if (value.wwnn !== undefined || value.wwpn !== undefined || value.parent !== undefined)
    throw storageError(
      'XML_ERROR',
      "Use of 'wwnn', 'wwpn', and 'parent' attributes requires use of the adapter 'type'",
    );
  if (value.name === undefined) throw storageError('XML_ERROR', 'missing storage pool source adapter');
}
function refineFibreChannel(value: StorageAdapter): void {
  if (value.wwnn === undefined || value.wwpn === undefined)
    throw storageError('XML_ERROR', "'wwnn' and 'wwpn' must be specified for adapter type 'fchost'");
  delete value.name;
  delete value.parentaddr;
}
function refineScsiHost(value: StorageAdapter): void {
  const { name, parentaddr } = value;
  if (name !== undefined && parentaddr !== undefined)
    throw storageError('XML_ERROR', "Both 'name' and 'parent' cannot be specified for the 'scsi_host' adapter");
  if (name === undefined && parentaddr === undefined)
    throw storageError('XML_ERROR', "Either 'name' or 'parent' must be specified for the 'scsi_host' adapter");
  for (const key of ['parent', 'parentWwnn', 'parentWwpn', 'parentFabricWwn', 'managed', 'wwnn', 'wwpn'] as const)
    delete value[key];
}
