import type { CommandContext } from './context.js';
import type { HugepageMount } from './config.js';
import { qemuError } from './errors.js';
import { rangeNumbers } from './ranges.js';

/** What asks for memory: a guest node, or a device that names a page size. */
export interface PageRequest {
  readonly node?: number | undefined;
  /** KiB */
  readonly pageSize?: number | undefined;
}

const systemPage = 4;

/** KiB of the huge pages that hold this memory, 0 for the host's default size; undefined where ordinary pages do. */
export function hugepageSize(request: PageRequest, context: CommandContext): number | undefined {
  const size = request.pageSize ?? wantedSize(request.node, context);
  return size === systemPage ? undefined : size;
}

/** The mount that holds this memory; undefined where ordinary pages do. */
export function hugepageOf(request: PageRequest, context: CommandContext): HugepageMount | undefined {
  const size = hugepageSize(request, context);
  if (size === undefined) return undefined;
  const { hugepages } = context.config;
  const mount =
    size === 0 ? hugepages.find(({ isDefault }) => isDefault) : hugepages.find((entry) => entry.size === size);
  if (mount) return mount;
  throw qemuError(
    'INTERNAL_ERROR',
    size === 0 || hugepages.length === 0
      ? 'hugetlbfs filesystem is not mounted or disabled by administrator config'
      : `Unable to find any usable hugetlbfs mount for ${size} KiB`,
  );
}

/** Size the document asks for; 0 is the default size. */
function wantedSize(node: number | undefined, { domain }: CommandContext): number | undefined {
  const hugepages = domain.memoryBacking?.hugepages;
  if (!hugepages) return undefined;
  if (hugepages.length === 0) return 0;
  const own = hugepages.find(
    ({ nodeset }) => nodeset !== undefined && node !== undefined && rangeNumbers(nodeset).includes(node),
  );
  const page = own ?? hugepages.find(({ nodeset }) => nodeset === undefined);
  return page && Number(page.size);
}
