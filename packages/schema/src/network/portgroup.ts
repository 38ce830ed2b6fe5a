import { attr, element, type FieldsOf, optAttr, optChild, type Row, type Scalar, text, yesNo } from '@virtkit/xml';
import { networkBandwidth } from './bandwidth.js';
import { withEndTag } from './end-tag.js';
import { networkError } from './errors.js';
import { virtualPort } from './virtual-port.js';
import { vlan } from './vlan.js';

const yes: Scalar<boolean> = { parse: (value) => /^yes$/i.test(value), format: () => 'yes' };
const missing = () => networkError('XML_ERROR', 'Missing required name attribute in portgroup');

const fields = {
  name: attr(text, { missing }),
  default: optAttr(yes, { omit: false }) as Row<boolean, true>,
  trustGuestRxFilters: optAttr(yesNo),
  vlan: optChild(vlan),
  virtualport: optChild(virtualPort),
  bandwidth: optChild(networkBandwidth),
};
/** Settings for the ports of some guests. */
export interface PortGroup extends FieldsOf<typeof fields> {}
export const portGroup = withEndTag(element<PortGroup>('portgroup', fields));
