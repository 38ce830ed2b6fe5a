import { errorsFrom } from '../errors/virt-error.js';
import { parseNumberSet } from '../values/bitmap.js';

const domainError = errorsFrom('DOMAIN');

interface HugePage {
  readonly size?: number | undefined;
  readonly nodeset?: string | undefined;
}

/** Sizes of huge pages: one for all cells, or others for cells of their own. */
export function checkHugepages(pages: readonly HugePage[]): void {
  let master: HugePage | undefined;
  const used = new Map<number, HugePage>();
  for (const page of pages) {
    if (page.size === 0) throw domainError('XML_DETAIL', "hugepage size can't be zero");
    if (page.nodeset === undefined) {
      if (master !== undefined) throw twoPages(master, page);
      master = page;
    }
    for (const node of parseNumberSet(page.nodeset ?? '') ?? []) {
      const other = used.get(node);
      if (other !== undefined) throw twoPages(page, other);
      used.set(node, page);
    }
  }
}

const twoPages = (a: HugePage, b: HugePage): Error =>
  domainError('XML_DETAIL', `two master hugepages detected: ${a.size ?? 0} and ${b.size ?? 0}`);

/** Cells are named once; with automatic placement not at all. */
export function checkNumatune({ memnodes }: { readonly memnodes: readonly { readonly cellid: number }[] }): void {
  const seen = new Set<number>();
  for (const { cellid } of memnodes) {
    if (seen.has(cellid)) throw domainError('XML_ERROR', `Multiple memnode elements with cellid ${cellid}`);
    seen.add(cellid);
  }
}

export function refuseRepeatedPaths(devices: readonly { readonly path: string }[]): void {
  const seen = new Set<string>();
  for (const { path } of devices) {
    if (seen.has(path)) throw domainError('CONFIG_UNSUPPORTED', `duplicate blkio device path '${path}'`);
    seen.add(path);
  }
}
