import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { FirmwareFacts } from '../../complete/facts.js';
import { type FirmwareDescriptor, parseDescriptor } from '../../firmware/descriptor.js';
import { legacyPairs } from '../../firmware/legacy-pairs.js';
import { descriptorFiles } from '../../firmware/descriptor-files.js';

/**
 * Firmware builds described on this host. Whoever asks for the descriptors, as few definitions do, gets them read again
 * when one of their files has changed. They are few and small, so looking is synchronous: promises would cost ten times
 * as much.
 */
export function firmwareFacts(folders: readonly string[], nvramDirectory: string): FirmwareFacts {
  let known: { readonly stamp: string; readonly descriptors: readonly FirmwareDescriptor[] } | undefined;
  return {
    get descriptors() {
      const stamp = stampOf(folders);
      if (known?.stamp !== stamp) known = { stamp, descriptors: read(folders) };
      return known.descriptors;
    },
    legacy: legacyPairs,
    nvramDirectory,
  };
}

const filesOf = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.json'));
  } catch {
    return []; // the folder need not be there
  }
};

const stampOf = (folders: readonly string[]): string =>
  folders
    .flatMap((folder) => filesOf(folder).map((name) => join(folder, name)))
    .map((path) => {
      const { mtimeMs, size } = statSync(path, { throwIfNoEntry: false }) ?? { mtimeMs: 0, size: 0 };
      return `${path} ${mtimeMs} ${size}`;
    })
    .join('\n');

function read(folders: readonly string[]): readonly FirmwareDescriptor[] {
  const files = descriptorFiles(
    folders.map((path) => ({
      path,
      files: filesOf(path).map((name) => ({ name, content: textOf(join(path, name)) })),
    })),
  );
  return files.flatMap(({ content }) => parseDescriptor(content) ?? []);
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
