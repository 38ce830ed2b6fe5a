import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatElement, parseElement } from '@virtkit/xml';
import { describe, expect, test } from 'vitest';
import { domain } from './domain.js';

interface Case {
  readonly suite: string;
  readonly case: string;
  readonly expected: Readonly<Record<string, string>>;
}

const corpus = process.env['VIRTKIT_CORPUS'] ?? join(import.meta.dirname, '../../../../../shared/corpus');
const suites = ['qemuxmlconf', 'genericxml2xml'];
const manifest = join(corpus, 'manifest.json');
const known = existsSync(manifest) ? (JSON.parse(readFileSync(manifest, 'utf8')) as Case[]) : [];
/** Documents with a driver's namespace are that driver's to check. */
const isPlain = (file: string): boolean => !readFileSync(join(corpus, file), 'utf8').includes('xmlns:qemu=');
const files = [
  ...new Set(known.filter(({ suite }) => suites.includes(suite)).flatMap(({ expected }) => expected['xml'] ?? [])),
].filter(isPlain);

/** Lines that differ, each with its line number. */
function difference(wanted: string, written: string): string {
  const [a, b] = [wanted.split('\n'), written.split('\n')];
  const at = a.findIndex((line, i) => line !== b[i]);
  return `line ${at + 1}: ${a[at] ?? ''} | ${b[at] ?? ''}`;
}

function roundTrip(file: string): string | undefined {
  const wanted = readFileSync(join(corpus, file), 'utf8').replace(/\\\n/g, '');
  try {
    const written = formatElement(domain, parseElement(domain, wanted, { live: true, secure: true }), {
      live: true,
      secure: true,
    });
    return written === wanted ? undefined : difference(wanted, written);
  } catch (error) {
    return String(error);
  }
}

describe('expected documents of the corpus (skipped without VIRTKIT_CORPUS)', () => {
  test.skipIf(files.length === 0)('are written back as they are', () => {
    const failures = files
      .map((file) => [file, roundTrip(file)] as const)
      .filter(([, problem]) => problem !== undefined);
    expect(failures.map(([file, problem]) => `${file}: ${problem}`).sort()).toEqual([]);
  });
});
