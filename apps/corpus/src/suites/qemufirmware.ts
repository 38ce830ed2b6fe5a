import { descriptorDocument, descriptorFiles, parseDescriptor, supportedFirmware } from '@virtkit/driver-qemu';
import { readFolders } from '../fake-host/firmware-folders.js';
import { Difference, expectJson } from '../difference.js';
import { readExpected, readInput } from '../manifest.js';
import type { RunCase } from '../manifest.js';

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
