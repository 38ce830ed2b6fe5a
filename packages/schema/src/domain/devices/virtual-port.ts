import { attr, element, type FieldsOf, list, oneOf, optAttr, text, uint, uuid, within, yesNo } from '@virtkit/xml';
import { refuse } from '../../values/failures.js';

const badUuid = refuse('XML_ERROR', 'cannot parse instanceid parameter as a uuid');
const virtualPortRows = {
  type: optAttr(oneOf('802.1Qbg', '802.1Qbh', 'openvswitch', 'midonet')),
  ...within('parameters', {
    managerid: optAttr(uint({ anyBase: true })),
    typeid: optAttr(uint({ anyBase: true })),
    typeidversion: optAttr(uint({ anyBase: true })),
    instanceid: optAttr(uuid, badUuid),
    interfaceid: optAttr(uuid, badUuid),
    profileid: optAttr(text),
  }),
};
/** `<virtualport>` of interfaces, networks and port groups. */
export interface VirtualPort extends FieldsOf<typeof virtualPortRows> {}
export const virtualPort = element<VirtualPort>('virtualport', virtualPortRows);

const tagRows = { id: attr(uint({ max: 4095 })), nativeMode: optAttr(oneOf('tagged', 'untagged')) };
export interface VlanTag extends FieldsOf<typeof tagRows> {}
const vlanRows = { trunk: optAttr(yesNo, { omit: false }), tags: list(element<VlanTag>('tag', tagRows)) };
/** `<vlan>` */
export interface Vlan extends FieldsOf<typeof vlanRows> {}
export const vlan = element<Vlan>('vlan', vlanRows, {
  refine: (value) => {
    if (value.tags.length > 1) value.trunk = true;
  },
});
