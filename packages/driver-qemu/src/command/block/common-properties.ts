import type { JsonObject } from '../json.js';
import type { Image } from './image.js';

/** What the guest's disk asks of the top layer. */
export const formatCommon = ({ discard, detectZeroes }: Image): JsonObject => ({
  discard,
  'detect-zeroes': detectZeroes,
});

/** The members of `cache`, absent where the document names no mode. */
export const cacheProperties = ({ cache }: Image): JsonObject =>
  cache ? { cache: { direct: cache.direct, 'no-flush': cache.noFlush } } : {};
