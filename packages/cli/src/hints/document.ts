import { attributeOf, childOf, childrenOf, readDocument, type XmlNode } from '../document.js';

function rootOf(xml: string): XmlNode | undefined {
  try {
    return readDocument(xml).root;
  } catch {
    return undefined; // the daemon says where it is broken
  }
}

/** Hypervisor types that capabilities name. */
export function typesOf(capabilities: string): readonly string[] {
  const root = rootOf(capabilities);
  const guests = root === undefined ? [] : childrenOf(root, 'guest');
  const domains = guests.flatMap((guest) => {
    const arch = childOf(guest, 'arch');
    return arch === undefined ? [] : childrenOf(arch, 'domain');
  });
  return [...new Set(domains.flatMap((domain) => attributeOf(domain, 'type') ?? []))];
}

/** Verbs for documents of other things than domains. */
const definers: Readonly<Record<string, string>> = {
  network: 'net-define',
  pool: 'pool-define',
  volume: 'vol-create POOL',
  domainsnapshot: 'snapshot-create DOMAIN',
};

/** Which verb takes a document that is none of a domain. */
export function otherThing(xml: string): string | undefined {
  const name = rootOf(xml)?.name ?? '';
  return Object.hasOwn(definers, name)
    ? `this is the document of a ${name}: virtkit ${definers[name]} FILE takes it`
    : undefined;
}

/** For which hypervisor a document of a domain is meant, when it is none of those the connection serves. */
export function foreignType(xml: string, capabilities: string): string | undefined {
  const root = rootOf(xml);
  const type = root?.name === 'domain' ? attributeOf(root, 'type') : undefined;
  const served = typesOf(capabilities);
  if (type === undefined || served.length === 0 || served.includes(type)) return undefined;
  return `this document is meant for the hypervisor '${type}', the connection serves ${served.join(', ')}: change its type, or reach its own hypervisor with -c URI`;
}

/** What the schema says of a document: the place, and what is not known there. */
export function schemaFault(message: string, line: number): string | undefined {
  const [, ...found] = message.split('\n').filter((text) => text !== '');
  if (found.length === 0 || line < 1) return undefined;
  return `line ${line}: ${found.join('; ')}`;
}
