import { attr, element, type FieldsOf, list, oneOf, optAttr, type Scalar, uint } from '@virtkit/xml';
import { plainError } from './errors.js';

const tagFields = {
  id: attr(uint()),
  nativeMode: optAttr(oneOf('tagged', 'untagged')),
};
export interface VlanTag extends FieldsOf<typeof tagFields> {}
const largestTag = 4095;

/** Any case is read, as in libvirt. */
const trunkWord: Scalar<boolean> = {
  parse: (value) => (/^yes$/i.test(value) ? true : /^no$/i.test(value) ? false : undefined),
  format: (value) => (value ? 'yes' : 'no'),
};

const fields = {
  trunk: optAttr(trunkWord, {
    invalid: (value) => plainError('XML_ERROR', `invalid "trunk='${value}'" in <vlan> - must be yes or no`),
  }),
  tags: list(element<VlanTag>('tag', tagFields)),
};
/** VLAN tags of a port. `trunk` is true or absent. */
export interface Vlan extends FieldsOf<typeof fields> {}
export const vlan = element<Vlan>('vlan', fields, { refine: checkVlan });

function checkVlan(vlan: Vlan): void {
  const error = (text: string) => plainError('XML_ERROR', text);
  if (vlan.tags.length === 0)
    throw error("missing tag id - each <vlan> must have at least one <tag id='n'/> subelement");
  for (const { id } of vlan.tags)
    if (id > largestTag) throw error(`vlan tag id ${id} too large (maximum ${largestTag})`);
  const native = vlan.tags.filter(({ nativeMode }) => nativeMode !== undefined);
  if (native.length > 1) throw error('duplicate native vlan setting');
  if (vlan.trunk === false) {
    if (vlan.tags.length > 1)
      throw error(`invalid "trunk='no'" in <vlan> - trunk='yes' is required for more than one vlan tag`);
    if (native.length > 0)
      throw error('invalid configuration in <vlan> - "trunk=\'no\'" is not allowed with a native vlan id');
    delete vlan.trunk;
  }
  if (vlan.tags.length > 1 || native.length > 0) vlan.trunk = true;
}
