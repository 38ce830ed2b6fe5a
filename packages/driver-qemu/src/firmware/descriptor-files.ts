/** A file of a descriptor folder. */
export interface DescriptorFile {
  readonly name: string;
  readonly content: string;
}

/** A folder of descriptors; folders are given from the weakest (distribution) to the strongest (user). */
export interface DescriptorFolder {
  readonly path: string;
  readonly files: readonly DescriptorFile[];
}

/**
 * The descriptors that count, in order of preference: by file name over all folders; of equal names the one in the stronger
 * folder; an empty file hides its namesakes. Hidden files and other suffixes than `.json` do not count.
 */
export function descriptorFiles(
  folders: readonly DescriptorFolder[],
): readonly { readonly path: string; readonly content: string }[] {
  const byName = new Map<string, { readonly path: string; readonly content: string }>();
  for (const folder of folders) {
    for (const { name, content } of folder.files) {
      if (isDescriptor(name)) byName.set(name, { path: `${folder.path}/${name}`, content });
    }
  }
  return [...byName]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, file]) => file)
    .filter((file) => file.content !== '');
}

const isDescriptor = (name: string): boolean => !name.startsWith('.') && name.endsWith('.json');
