import { execFileSync } from 'node:child_process';
import { closeSync, fstatSync, mkdtempSync, openSync, readSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { type StorageSource, storageSource, type VolumeFormat, volumeFormats } from '@virtkit/schema';
import {
  type ChainImage,
  type ImageOpener,
  lookupInChain,
  parseBackingString,
  readChain,
  relativeBackingPath,
} from '@virtkit/storage';
import { element, formatElement } from '@virtkit/xml';
import { expectJson, expectRefusal, expectText } from '../difference.js';
import { type CorpusCase, readExpected, readInput } from '../manifest.js';

type Operation = (entry: CorpusCase, corpusDir: string) => Promise<void>;
const operations: Readonly<Record<string, Operation>> = {
  'backing-chain': backingChain,
  'chain-lookup': chainLookup,
  'relative-backing-path': relativePath,
  'backing-string-parse': backingString,
};

/** Chains of images: reading them, finding one, naming one. */
export async function run(entry: CorpusCase, corpusDir: string): Promise<void> {
  const operation = operations[String(entry.params['operation'])];
  if (operation === undefined) throw new Error(`unknown operation ${String(entry.params['operation'])}`);
  await operation(entry, corpusDir);
}

async function backingChain(entry: CorpusCase, corpusDir: string): Promise<void> {
  const { params } = entry;
  const folder = mkdtempSync(join(tmpdir(), 'virtkit-chain-'));
  const filled = (text: string): string => text.replaceAll('@CORPUS@', corpusDir).replaceAll('DIR', folder);
  try {
    for (const command of (params['prepare'] ?? []) as readonly string[]) {
      const [program = '', ...args] = filled(command).split(' ');
      execFileSync(program, args, { stdio: 'ignore' });
    }
    const format = volumeFormats.find((name) => name === params['format']);
    const start = { path: filled(String(params['start'])), ...(format === undefined ? {} : { format }) };
    const answer = (): string => chainText(readChain(start, openImage, Number(params['max_depth'] ?? 20)));
    if (entry.outcome !== 'ok') return void (await expectRefusal(answer));
    const places = Object.entries((params['placeholder'] ?? {}) as Readonly<Record<string, string>>);
    const shown = places.reduce((text, [place, real]) => text.replaceAll(filled(real), place), answer());
    expectText(shown, readExpected(entry, corpusDir, 'text'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const openImage: ImageOpener = (path, use) => {
  const fd = openSync(path, 'r');
  try {
    const stats = fstatSync(fd);
    const header = (offset: number, length: number): Uint8Array => {
      const bytes = Buffer.alloc(Math.max(length, 0));
      return bytes.subarray(0, readSync(fd, bytes, 0, bytes.length, offset));
    };
    const type = stats.isDirectory() ? 'dir' : stats.isBlockDevice() ? 'block' : 'file';
    return use({ type, identity: `${stats.dev}:${stats.ino}`, header });
  } finally {
    closeSync(fd);
  }
};

/** The data file is told of the last image alone. */
const chainText = (chain: readonly ChainImage[]): string => {
  const dataFile = chain.at(-1)?.dataFile;
  return `${chain.map(imageText).join('\n')}${dataFile === undefined ? '' : dataFileText(dataFile)}`;
};
const numbered = (format: VolumeFormat | undefined, backed: boolean): string => {
  if (!backed) return 'none(0)';
  return format === undefined ? '<null>(-1)' : `${format}(${volumeFormats.indexOf(format)})`;
};

function imageText(image: ChainImage): string {
  const { source, backing } = image;
  const network = source.type === 'network' ? source : undefined;
  const text = [
    `path:${image.path}`,
    `backingStoreRaw: ${backing?.text.replace(/^file:/, '') ?? '<null>'}`,
    `backingStoreRawFormat: ${numbered(backing?.format, backing !== undefined)}`,
    `capacity: ${image.capacity}`,
    `encryption: ${image.encrypted ? 1 : 0}`,
    `relPath:${image.relativePath ?? '<null>'}`,
    `type:${image.type}`,
    `format:${image.format}`,
    `protocol:${network?.protocol ?? 'none'}`,
    `hostname:${network?.hosts[0]?.name ?? '<null>'}`,
  ].join('\n');
  return `${text}\n`;
}

function dataFileText({ name, image }: NonNullable<ChainImage['dataFile']>): string {
  const shown = [
    `path: ${image.path}`,
    `capacity: ${image.capacity}`,
    `encryption: ${image.encrypted ? 1 : 0}`,
    `type:${image.type}`,
    `format:${image.format}`,
  ];
  return `\ndataFileRaw: ${name}\n\n\ndataFileStoreSource:\n${shown.join('\n')}\n`;
}

async function chainLookup({ params, value }: CorpusCase, corpusDir: string): Promise<void> {
  const filled = (text: string): string => text.replaceAll('@CORPUS@', corpusDir);
  const directory = filled(String(params['directory']));
  const chain = (params['chain'] as readonly { readonly path: string }[]).map(({ path }) => ({ path: filled(path) }));
  const identity = (path: string): string | undefined => {
    const stats = statSync(isAbsolute(path) ? path : join(directory, path), { throwIfNoEntry: false });
    return stats === undefined ? undefined : `${stats.dev}:${stats.ino}`;
  };
  const same = (one: string, other: string): boolean =>
    identity(one) !== undefined && identity(one) === identity(other);
  const { name, from, target } = params as Readonly<Record<string, string | number | null | undefined>>;
  const request = {
    name: name === null || name === undefined ? undefined : filled(String(name)),
    ...(typeof from === 'number' ? { from } : {}),
    ...(typeof target === 'string' ? { target } : {}),
  };
  const found = lookupInChain(chain, request, same);
  expectJson({ found: found?.found ?? null, parent: found?.parent ?? null, index: found?.index ?? null }, value);
}

async function relativePath({ params, value }: CorpusCase): Promise<void> {
  const chain = params['chain'] as readonly { readonly path: string; readonly rel_path: string | null }[];
  const links = chain.map(({ path, rel_path: relative }) => ({ path, relative: relative ?? undefined }));
  const path = relativeBackingPath(links, Number(params['top']), Number(params['base']));
  expectJson({ path: path ?? null }, value);
}

const row = storageSource();
const holder = element<{ source: StorageSource }>('holder', { source: row.tag, $source: row.body });

async function backingString(entry: CorpusCase, corpusDir: string): Promise<void> {
  const answer = () => parseBackingString(readInput(entry, corpusDir, 'backing').replace(/\n$/, ''));
  if (entry.outcome !== 'ok') return void (await expectRefusal(answer));
  const lines = formatElement(holder, { source: answer() }).split('\n').slice(1, -2);
  expectText(lines.map((line) => `${line.slice(2)}\n`).join(''), readExpected(entry, corpusDir, 'xml'));
}
