import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { descriptorDocument, descriptorFiles, parseDescriptor, supportedFirmware } from '@virtkit/driver-qemu';
import type { DescriptorFolder } from '@virtkit/driver-qemu';
import { Difference, expectJson } from '../difference.js';
import { readExpected, readInput } from '../manifest.js';
import type { RunCase } from '../suites.js';

const folderPaths = ['/usr/share/qemu/firmware', '/etc/qemu/firmware', '/home/user/.config/qemu/firmware'];

export const run: RunCase = async (entry, corpusDir) => {
  const { operation, machine, arch } = entry.params as Readonly<Record<string, string>>; // the suite's own parameters
  const files = descriptorFiles(readFolders(corpusDir));
  switch (operation) {
    case 'parse-format':
      return expectRoundTrip(readInput(entry, corpusDir, 'json'), readExpected(entry, corpusDir, 'json'));
    case 'precedence':
      return expectJson({ files: files.map((file) => file.path) }, entry.value);
    default:
      return expectJson(
        supported(
          files.map((file) => file.content),
          arch ?? '',
          machine ?? '',
        ),
        entry.value,
      );
  }
};

/** The descriptor folders of the pretended host, weakest first. */
export function readFolders(corpusDir: string): readonly DescriptorFolder[] {
  return folderPaths.map((path) => ({ path, files: readFolder(join(corpusDir, 'qemufirmware/root', path)) }));
}

function readFolder(path: string): DescriptorFolder['files'] {
  try {
    return readdirSync(path).map((name) => ({ name, content: readFileSync(join(path, name), 'utf8') }));
  } catch {
    return []; // a folder that is not there
  }
}

function expectRoundTrip(text: string, expected: string): void {
  const descriptor = parseDescriptor(text);
  if (descriptor === undefined) throw new Difference('the descriptor was refused');
  const { description: _description, tags: _tags, ...wanted } = JSON.parse(expected) as Record<string, unknown>;
  expectJson(descriptorDocument(descriptor), wanted);
}

function supported(contents: readonly string[], arch: string, machine: string): object {
  const descriptors = contents.map(parseDescriptor).filter((found) => found !== undefined);
  const { secure, images, interfaces } = supportedFirmware(descriptors, arch, machine);
  return { secure, firmwares: images.map(({ path, nvramTemplate }) => [path, nvramTemplate ?? null]), interfaces };
}
