import { dirname, isAbsolute, join } from 'node:path';

export interface ChainLink {
  readonly path: string;
  /** How the image above names it. */
  readonly relative?: string;
}
export interface LookupRequest {
  /** A path, `target[index]`, or undefined for the last image. */
  readonly name: string | undefined;
  /** Only images below this one count. */
  readonly from?: number;
  /** The disk's target, which may stand before an index. */
  readonly target?: string;
}
export interface Found {
  readonly found: number;
  readonly parent: number | undefined;
  /** As it was asked for. */
  readonly index: number | undefined;
}
/** Whether two paths are one file. */
export type SameFile = (one: string, other: string) => boolean;

/** Finds an image of a chain (top first) by what a caller calls it; undefined when it is not there. */
export function lookupInChain(
  chain: readonly ChainLink[],
  request: LookupRequest,
  sameFile: SameFile,
): Found | undefined {
  const first = request.from === undefined ? 0 : request.from + 1;
  const index = indexOf(request);
  if (index !== undefined && index === 0) return undefined;
  for (let at = first; at < chain.length; at += 1) {
    const parent = at === 0 ? undefined : at - 1;
    if (isMeant(chain, at, index, request.name, sameFile)) return { found: at, parent, index };
  }
  return undefined;
}

function isMeant(
  chain: readonly ChainLink[],
  at: number,
  index: number | undefined,
  name: string | undefined,
  sameFile: SameFile,
): boolean {
  const link = chain[at];
  if (link === undefined) return false;
  if (index !== undefined) return at === index;
  if (name === undefined) return at === chain.length - 1;
  if (link.path === name || link.relative === name) return true;
  const above = chain[at - 1]?.path;
  return sameFile(above === undefined || isAbsolute(name) ? name : join(dirname(above), name), link.path);
}

const indexed = /^(.*)\[(\d+)\]$/;
function indexOf({ name, target }: LookupRequest): number | undefined {
  const [, disk, index] = indexed.exec(name ?? '') ?? [];
  return index === undefined || disk !== target ? undefined : Number(index);
}
