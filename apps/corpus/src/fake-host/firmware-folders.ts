import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DescriptorFolder } from '@virtkit/driver-qemu';

const folderPaths = ['/usr/share/qemu/firmware', '/etc/qemu/firmware', '/home/user/.config/qemu/firmware'];

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
