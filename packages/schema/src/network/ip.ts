import {
  attr,
  element,
  type FieldsOf,
  optAttr,
  optChild,
  text,
  uint,
  yesNo,
  type Row,
  special,
  childOf,
  attributeOf,
  escapeText,
} from '@virtkit/xml';
import { dhcp } from './dhcp.js';
import { withEndTag } from './end-tag.js';

/** The folder files are served from to guests that boot from the network. */
function tftpRoot(): Row<string, true> {
  return special<string>((key) => ({
    read(node, target) {
      const found = childOf(node, 'tftp');
      const root = found && attributeOf(found, 'root');
      if (root) target[key] = root;
    },
    body: (source, indent) =>
      source[key] === undefined ? '' : `${indent}<tftp root='${escapeText(source[key] as string)}'/>\n`,
    known: () => ({ children: [['tftp', undefined]] }),
  }));
}

const fields = {
  family: optAttr(text, { emptyIsAbsent: true }),
  address: attr(text, { default: '' }),
  netmask: optAttr(text, { emptyIsAbsent: true }),
  prefix: optAttr(uint(), { omit: 0 }),
  localPtr: optAttr(yesNo),
  tftp: tftpRoot(),
  dhcp: optChild(dhcp),
};
/** An address of the bridge and what is offered there. Addresses are in canonical form. */
export interface NetworkIp extends FieldsOf<typeof fields> {}
export const networkIp = withEndTag(element<NetworkIp>('ip', fields));
