// The "newc" archive the kernel unpacks as its first file system.
import { lstatSync, readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { join, relative } from 'node:path';

const hex = (value) => value.toString(16).toUpperCase().padStart(8, '0');
const padded = (bytes) => Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);

function entry(inode, name, mode, data) {
  const label = Buffer.from(`${name}\0`);
  const fields = [inode, mode, 0, 0, 1, 0, data.length, 0, 0, 0, 0, label.length, 0];
  const head = Buffer.from(`070701${fields.map(hex).join('')}`);
  return Buffer.concat([padded(Buffer.concat([head, label])), padded(data)]);
}

function content(path, stat) {
  if (stat.isSymbolicLink()) return Buffer.from(readlinkSync(path));
  return stat.isFile() ? readFileSync(path) : Buffer.alloc(0);
}

/** A folder as an archive; everything belongs to root. */
export function archive(root) {
  const paths = readdirSync(root, { recursive: true }).sort();
  const parts = paths.map((path, index) => {
    const full = join(root, path);
    const stat = lstatSync(full);
    return entry(index + 1, relative(root, full), stat.mode, content(full, stat));
  });
  return Buffer.concat([...parts, entry(0, 'TRAILER!!!', 0, Buffer.alloc(0))]);
}
