import {
  element,
  type ElementType,
  inPieces,
  type ReadContext,
  sliceable,
  type WriteContext,
  type XmlNode,
} from '@virtkit/xml';
import { checkNetwork } from './checks/network.js';
import { dnsmasqNamespace } from './dnsmasq-options.js';
import { type Network, networkRows } from './network.js';
import { networkShape } from './strict/network-shape.js';
import { checkShape } from './strict/shape.js';

const table = element<Network>('network', networkRows, { refine: checkNetwork });

/** dnsmasq's options belong to every network of this host, so they are known unless the caller says otherwise. */
const withOptions = <C extends WriteContext>(context: C): C =>
  context.extensions === undefined ? { ...context, extensions: { namespaces: [dnsmasqNamespace] } } : context;

export const network: ElementType<Network> = {
  ...table,
  read: sliceable(
    (node: XmlNode, context: ReadContext) => table.read(node, withOptions(context)),
    (node, context) => inPieces(table.read, node, withOptions(context)),
  ),
  check: (node, report) => checkShape(node, networkShape, report),
  write: sliceable(
    (value: Network, indent: string, context: WriteContext) => table.write(value, indent, withOptions(context)),
    (value, indent, context) => inPieces(table.write, value, indent, withOptions(context)),
  ),
};
