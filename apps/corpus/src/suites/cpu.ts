import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  cpuidFromProperties,
  decodeCpu,
  readCpuMap,
  registersOf,
  signatureBits,
  signatureOf,
} from '@virtkit/driver-qemu';
import type { CpuidData, CpuMap, DecodedCpu } from '@virtkit/driver-qemu';
import { readDocument } from '@virtkit/xml';
import { expectText } from '../difference.js';
import type { CorpusCase } from '../manifest.js';
import { CaseBroken, readExpected, readInput } from '../manifest.js';
import type { RunCase } from '../manifest.js';

const maps = new Map<string, CpuMap>();

export const run: RunCase = async (entry, corpusDir) => {
  const { arch, operation } = entry.params;
  if (arch !== 'x86_64') throw new CaseBroken(`no CPU models of ${String(arch)}`);
  const map = mapOf(corpusDir);
  switch (operation) {
    case 'decode-host':
      return expectText(
        hostText(decoded(map, cpuidOf(entry, corpusDir), { for: 'host' })),
        readExpected(entry, corpusDir, 'cpu'),
      );
    case 'decode-guest':
      return expectText(
        guestText(decoded(map, cpuidOf(entry, corpusDir), usableOf(entry, corpusDir))),
        readExpected(entry, corpusDir, 'cpu'),
      );
    case 'host-model-from-qmp':
      return expectText(
        guestText(decoded(map, qmpCpuid(map, entry, corpusDir), usableOf(entry, corpusDir))),
        readExpected(entry, corpusDir, 'cpu'),
      );
    case 'signature':
      return expectText(signatureText(cpuidOf(entry, corpusDir)), readExpected(entry, corpusDir, 'text'));
    case 'signature-from-qmp':
      return expectText(signatureText(qmpCpuid(map, entry, corpusDir)), readExpected(entry, corpusDir, 'text'));
    default:
      throw new CaseBroken(`no operation ${String(operation)}`);
  }
};

function mapOf(corpusDir: string): CpuMap {
  const known = maps.get(corpusDir);
  if (known !== undefined) return known;
  const map = readCpuMap((file) => readFileSync(join(corpusDir, 'cpu_map', file), 'utf8'));
  maps.set(corpusDir, map);
  return map;
}

const cpuidOf = (entry: CorpusCase, corpusDir: string): CpuidData =>
  registersOf(readDocument(readInput(entry, corpusDir, 'cpuid')).root);

interface Definition {
  readonly name: string;
  readonly 'unavailable-features'?: readonly string[];
}

type Usable = ReadonlyMap<string, readonly string[]>;

/** The recorded replies: the CPU's properties, then the hypervisor's models. */
function replies(entry: CorpusCase, corpusDir: string): readonly { readonly return?: unknown }[] {
  const path = entry.inputs['qmp'] ?? entry.inputs['cpuid']?.replace(/\.xml$/, '.json') ?? '';
  const text = readFileSync(join(corpusDir, path), 'utf8');
  return text
    .split(/\n\n+/)
    .filter((part) => part.trim() !== '')
    .map((part) => JSON.parse(part) as { return?: unknown }); // recorded by QEMU
}

function usableOf(entry: CorpusCase, corpusDir: string): { readonly usable?: Usable } {
  if (!String(entry.params['json']).startsWith('models')) return {};
  const definitions = (replies(entry, corpusDir)[1]?.return ?? []) as readonly Definition[]; // query-cpu-definitions
  return { usable: new Map(definitions.map((model) => [model.name, model['unavailable-features'] ?? []])) };
}

/** Answer to query-cpu-model-expansion. */
interface Expansion {
  readonly model: { readonly props: Readonly<Record<string, boolean | number | string>> };
}

function qmpCpuid(map: CpuMap, entry: CorpusCase, corpusDir: string): CpuidData {
  const expansion = replies(entry, corpusDir)[0]?.return as Expansion | undefined;
  if (expansion === undefined) throw new CaseBroken('no answer to query-cpu-model-expansion');
  const properties = Object.entries(expansion.model.props).map(([name, value]) => ({ name, value }));
  return cpuidFromProperties(map, { properties }, false);
}

function decoded(
  map: CpuMap,
  data: CpuidData,
  options: { readonly usable?: Usable; readonly for?: 'host' },
): DecodedCpu {
  const found = decodeCpu(map, data, { for: 'guest', ...options });
  if (found === undefined) throw new CaseBroken('no model fits');
  return found;
}

const signatureText = (data: CpuidData): string => {
  const found = signatureOf(data);
  const line = (label: string, value: number): string =>
    `${`${label}:`.padEnd(10)}${String(value).padStart(3)} (0x${value.toString(16).padStart(2, '0')})`;
  if (found === undefined) throw new CaseBroken('no signature');
  return [
    signatureBits(data).toString(16).padStart(6, '0'),
    line('family', found.family),
    line('model', found.model),
    line('stepping', found.stepping),
    '',
  ].join('\n');
};

const vendorLine = (cpu: DecodedCpu): readonly string[] =>
  cpu.vendor === undefined ? [] : [`  <vendor>${cpu.vendor}</vendor>`];

function hostText(cpu: DecodedCpu): string {
  const signature = cpu.signature;
  return [
    '<cpu>',
    '  <arch>x86_64</arch>',
    `  <model>${cpu.model}</model>`,
    ...vendorLine(cpu),
    ...(signature === undefined
      ? []
      : [`  <signature family='${signature.family}' model='${signature.model}' stepping='${signature.stepping}'/>`]),
    ...cpu.features.map(({ name }) => `  <feature name='${name}'/>`),
    '</cpu>',
    '',
  ].join('\n');
}

const guestText = (cpu: DecodedCpu): string =>
  [
    "<cpu mode='custom' match='exact'>",
    `  <model fallback='forbid'>${cpu.model}</model>`,
    ...vendorLine(cpu),
    ...cpu.features.map(({ name, policy }) => `  <feature policy='${policy}' name='${name}'/>`),
    '</cpu>',
    '',
  ].join('\n');
