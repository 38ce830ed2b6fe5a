import { attributeOf, childOf, escapeText, special, type Row, type XmlNode } from '@virtkit/xml';
import type { Forward } from './forward.js';

/** The bridge of a network. The document has one for every network that makes its own. */
export interface NetworkBridge {
  name?: string | undefined;
  /** Of firewalld. */
  zone?: string | undefined;
  /** Spanning tree; absent: on where the network makes its bridge. */
  stp?: boolean | undefined;
  /** Seconds; NaN for text that is no number, which the check refuses. */
  delay?: number | undefined;
  macTableManager?: string | undefined;
}

/** Modes whose network makes a bridge of its own. */
export const makesBridge = (forward: Pick<Forward, 'mode'> | undefined): boolean =>
  forward === undefined || ['none', 'nat', 'route', 'open'].includes(forward.mode);

/** The row of `<bridge>`. */
export function bridgeRow(): Row<NetworkBridge, true> {
  return special<NetworkBridge>((key) => ({
    read(node, target) {
      const found = childOf(node, key);
      if (found !== undefined) target[key] = readBridge(found);
    },
    body(source, indent) {
      const bridge = (source[key] ?? {}) as NetworkBridge;
      const own = makesBridge(source['forward'] as Forward | undefined);
      const { name, zone, macTableManager } = bridge;
      if (!own && name === undefined && macTableManager === undefined) return '';
      const tuning = own ? ` stp='${bridge.stp === false ? 'off' : 'on'}' delay='${bridge.delay ?? 0}'` : '';
      return `${indent}<${key}${written('name', name)}${written('zone', zone)}${tuning}${written('macTableManager', macTableManager)}/>\n`;
    },
    known: () => ({ children: [[key, undefined]] }),
  }));
}

const written = (name: string, value: string | undefined): string =>
  value === undefined ? '' : ` ${name}='${escapeText(value)}'`;

function readBridge(node: XmlNode): NetworkBridge {
  const bridge: NetworkBridge = {};
  const take = (name: 'name' | 'zone' | 'macTableManager') => {
    const value = attributeOf(node, name);
    if (value !== undefined && value !== '') bridge[name] = value;
  };
  take('name');
  take('zone');
  take('macTableManager');
  const stp = attributeOf(node, 'stp');
  if (stp) bridge.stp = stp !== 'off';
  const delay = attributeOf(node, 'delay');
  if (delay) bridge.delay = secondsOf(delay);
  return bridge;
}

/** libvirt reads an unsigned and keeps a signed number. */
function secondsOf(text: string): number {
  if (!/^[ \t\n]*\+?\d{1,20}$/.test(text)) return Number.NaN;
  const value = BigInt(text.trim().replace('+', ''));
  return value >= 1n << 64n ? Number.NaN : Number(BigInt.asIntN(64, value));
}
