import { attributeOf, childOf, childrenOf, readDocument } from '@virtkit/xml';
import type { XmlNode } from '@virtkit/xml';
import { CpuidData, vendorData } from './cpuid-data.js';

/** A named feature of x86 CPUs. */
export interface CpuFeature {
  readonly name: string;
  readonly data: CpuidData;
  /** A guest with it cannot move to another host. */
  readonly migratable: boolean;
}

export interface CpuVendor {
  readonly name: string;
  readonly data: CpuidData;
}

/** Family, model and, where several CPUs share them, the steppings that are meant (first and last). */
export interface ModelSignature {
  readonly family: number;
  readonly model: number;
  readonly steppings?: readonly (readonly [number, number])[];
}

/** A named CPU model of the table. */
export interface CpuMapModel {
  readonly name: string;
  readonly vendor: string | undefined;
  readonly data: CpuidData;
  readonly signatures: readonly ModelSignature[];
  /** Whether a host, or a guest, may be described with it. */
  readonly decodesHost: boolean;
  readonly decodesGuest: boolean;
  /** Features that QEMU's model got or lost over time; they are not in `data`, so that they are always written out. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** The table of x86 CPU models, features and vendors, in its own order. */
export interface CpuMap {
  readonly vendors: readonly CpuVendor[];
  readonly features: readonly CpuFeature[];
  readonly models: readonly CpuMapModel[];
  feature(name: string): CpuFeature | undefined;
  model(name: string): CpuMapModel | undefined;
  /** The versioned model that an unversioned name stands for. */
  canonical(name: string): string | undefined;
  /** The table's name of a feature under one of QEMU's names for it; the name itself when there is no other. */
  fromQemu(name: string): string;
}

/** What is read while the files of a table are gone through. */
class Draft {
  readonly vendors: CpuVendor[] = [];
  readonly features = new Map<string, CpuFeature>();
  readonly models = new Map<string, CpuMapModel>();
  readonly aliases = new Map<string, string>();
  readonly canonical = new Map<string, string>();
}

/**
 * Reads a table from its index file; `read` gives the text of a file of the table.
 * The table is the one of libvirt, which lies on hosts that have libvirt's client library.
 */
export function readCpuMap(read: (file: string) => string): CpuMap {
  const index = readDocument(read('index.xml')).root;
  const x86 = childrenOf(index, 'arch').find((arch) => attributeOf(arch, 'name') === 'x86');
  const draft = new Draft();
  if (x86 !== undefined) for (const file of includes(x86)) readFile(draft, readDocument(read(file)).root);
  return {
    vendors: draft.vendors,
    features: [...draft.features.values()],
    models: [...draft.models.values()],
    feature: (name) => draft.features.get(draft.features.has(name) ? name : (draft.aliases.get(name) ?? name)),
    model: (name) => draft.models.get(name),
    canonical: (name) => draft.canonical.get(name),
    fromQemu: (name) => draft.aliases.get(name) ?? name,
  };
}

/** Architectures whose guests may only have models of the table, by the table's name for them. */
const tables: Readonly<Record<string, string>> = {
  x86_64: 'x86',
  i686: 'x86',
  ppc64: 'ppc64',
  ppc64le: 'ppc64',
};

/** Names of the models an architecture has; none where any model is taken. */
export function cpuModelNames(read: (file: string) => string, arch: string): readonly string[] {
  const table = tables[arch];
  if (table === undefined) return [];
  const index = readDocument(read('index.xml')).root;
  const found = childrenOf(index, 'arch').find((entry) => attributeOf(entry, 'name') === table);
  const files = found === undefined ? [] : includes(found);
  return files.flatMap((file) => childrenOf(readDocument(read(file)).root, 'model').map(nameOf));
}

const includes = (node: XmlNode): readonly string[] =>
  node.children.flatMap((child) =>
    child.name === 'include' ? [attributeOf(child, 'filename') ?? ''] : includes(child),
  );

function readFile(draft: Draft, root: XmlNode): void {
  for (const node of root.children) {
    if (node.name === 'vendor')
      draft.vendors.push({ name: nameOf(node), data: vendorData(attributeOf(node, 'string') ?? '') });
    if (node.name === 'feature') readFeature(draft, node);
    if (node.name === 'model') readModel(draft, node);
  }
}

const nameOf = (node: XmlNode): string => attributeOf(node, 'name') ?? '';

function readFeature(draft: Draft, node: XmlNode): void {
  const name = nameOf(node);
  draft.features.set(name, { name, data: registersOf(node), migratable: attributeOf(node, 'migratable') !== 'no' });
  for (const alias of childrenOf(node, 'alias')) {
    if (attributeOf(alias, 'source') === 'qemu') draft.aliases.set(nameOf(alias), name);
  }
}

const numberOf = (node: XmlNode, name: string): number => Number(attributeOf(node, name) ?? 0);

/** The registers of `<cpuid>` and `<msr>` elements. */
export function registersOf(node: XmlNode): CpuidData {
  const data = new CpuidData();
  for (const child of node.children) {
    const msr = child.name === 'msr';
    const place = msr ? `msr.${numberOf(child, 'index')}` : `${numberOf(child, 'eax_in')}.${numberOf(child, 'ecx_in')}`;
    if (!msr && child.name !== 'cpuid') continue;
    for (const register of msr ? ['eax', 'edx'] : ['eax', 'ebx', 'ecx', 'edx']) {
      data.set(`${place}.${register}`, data.get(`${place}.${register}`) | numberOf(child, register));
    }
  }
  return data;
}

function readSignature(node: XmlNode): ModelSignature {
  const text = attributeOf(node, 'stepping');
  const signature = { family: numberOf(node, 'family'), model: numberOf(node, 'model') };
  if (text === undefined) return signature;
  const steppings = text.split(',').map((range): readonly [number, number] => {
    const [first, last] = range.split('-').map(Number);
    return [first ?? 0, last ?? first ?? 0];
  });
  return { ...signature, steppings };
}

function readModel(draft: Draft, node: XmlNode): void {
  const base = childOf(node, 'model');
  const parent = base === undefined ? undefined : draft.models.get(nameOf(base));
  if (base !== undefined && /-v\d+$/.test(nameOf(node))) draft.canonical.set(nameOf(base), nameOf(node));
  const data = parent?.data.copy() ?? new CpuidData();
  const features = childrenOf(node, 'feature');
  const marked = (mark: string): readonly string[] =>
    features.filter((feature) => attributeOf(feature, mark) === 'yes').map(nameOf);
  for (const feature of features) {
    const moved = attributeOf(feature, 'added') === 'yes' || attributeOf(feature, 'removed') === 'yes';
    if (!moved) data.add(draft.features.get(nameOf(feature))?.data ?? new CpuidData());
  }
  const vendor = childOf(node, 'vendor');
  const decode = childOf(node, 'decode');
  const signatures = childrenOf(node, 'signature').map(readSignature);
  draft.models.set(nameOf(node), {
    name: nameOf(node),
    vendor: vendor === undefined ? parent?.vendor : nameOf(vendor),
    data,
    signatures: signatures.length > 0 ? signatures : (parent?.signatures ?? []),
    decodesHost: decode === undefined ? (parent?.decodesHost ?? true) : attributeOf(decode, 'host') === 'on',
    decodesGuest: decode === undefined ? (parent?.decodesGuest ?? true) : attributeOf(decode, 'guest') === 'on',
    added: [...(parent?.added ?? []), ...marked('added')],
    removed: marked('removed'),
  });
}
