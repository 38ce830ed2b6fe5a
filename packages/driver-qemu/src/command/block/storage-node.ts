import type { JsonObject } from '../json.js';
import { cacheProperties, formatCommon } from './common-properties.js';
import type { Image } from './image.js';
import { locationProperties } from './location-properties.js';

/**
 * Properties of the node that reaches the image (`blockdev-add`). As the top layer it carries the guest's choices; below
 * a format it opens as the format asks and hands discards on.
 */
export const storageNode = (image: Image): JsonObject => ({
  ...locationProperties(image),
  'node-name': image.nodes.storage,
  ...accessProperties(image, image.nodes.format === undefined && image.nodes.slice === undefined),
  // A folder shown as FAT has no cache setting.
  ...(image.location.type === 'dir' ? {} : cacheProperties(image)),
});

/** Properties of the node that cuts the image out of a larger file; undefined where there is no slice. */
export function sliceNode(image: Image): JsonObject | undefined {
  const { nodes, slice } = image;
  if (nodes.slice === undefined || slice === undefined) return undefined;
  return {
    driver: 'raw',
    file: nodes.storage,
    offset: slice.offset,
    size: slice.size,
    'node-name': nodes.slice,
    ...accessProperties(image, nodes.format === undefined),
    ...cacheProperties(image),
  };
}

function accessProperties(image: Image, isTop: boolean): JsonObject {
  if (isTop) return { 'read-only': image.readOnly, ...formatCommon(image) };
  const writable = image.fds?.isWritable;
  if (writable === undefined) return { 'auto-read-only': true, discard: 'unmap' };
  return { 'read-only': !writable && image.readOnly, discard: 'unmap' };
}
