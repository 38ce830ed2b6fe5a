import { childOf, type Lifted, lifted, type XmlNode } from '@virtkit/xml';
import { checkStorageSource, completeUnit } from './storage-source-checks.js';
import { type StorageSource, storageSourceKinds } from './storage-source.js';

/** Without the element there is nothing to check. */
function checkPresent(source: StorageSource, node: XmlNode): void {
  if (childOf(node, 'source') === undefined) return;
  checkStorageSource(source);
  completeUnit(source);
}

/** The attribute `type` and the child `<source>` of an element that names a storage. */
export const storageSource = (): Lifted<StorageSource> =>
  lifted<StorageSource>('source', 'type', storageSourceKinds, { refine: checkPresent });

/** As `storageSource`, where an absent `type` means a file. */
export const storageSourceOrFile = (silent?: string): Lifted<StorageSource> =>
  lifted<StorageSource>('source', 'type', storageSourceKinds, { default: 'file', silent, refine: checkPresent });

/** As `storageSourceOrFile`, for an image below another, which keeps the words of its document. */
export const backingSourceOrFile = (): Lifted<StorageSource> =>
  lifted<StorageSource>('source', 'type', storageSourceKinds, {
    default: 'file',
    refine(source, node) {
      if (childOf(node, 'source') !== undefined) checkStorageSource(source);
    },
  });
