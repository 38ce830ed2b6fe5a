import { attributeOf, childOf, element, type XmlNode } from '@virtkit/xml';
import { checkDisk } from './disk-checks.js';
import { type Disk, diskRows, noTarget } from './disk.js';

const childHasNo = (node: XmlNode, child: string, attribute: string): boolean => {
  const found = childOf(node, child);
  return found === undefined || attributeOf(found, attribute) === undefined;
};

export const disk = element<Disk>('disk', diskRows, {
  refine: (value, node) => {
    if (value.target.dev === '' && childHasNo(node, 'target', 'dev')) throw noTarget(node);
    checkDisk(value);
  },
});
