import { element, type ElementType, type WriteContext } from '@virtkit/xml';
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
  read: (node, context) => table.read(node, withOptions(context)),
  check: (node, report) => checkShape(node, networkShape, report),
  write: (value, indent, context) => table.write(value, indent, withOptions(context)),
};
