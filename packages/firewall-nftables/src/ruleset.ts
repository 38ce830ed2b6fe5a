/** One rule of our table as `nft -j -a list table` shows it. */
export interface InstalledRule {
  readonly family: string;
  readonly chain: string;
  readonly handle: number;
  readonly comment: string | undefined;
}

interface Listing {
  readonly nftables?: readonly { readonly rule?: Record<string, unknown> }[];
}

/** Reads the answer of `nft -j -a list table …`. */
export function parseRuleset(text: string): readonly InstalledRule[] {
  const listing = JSON.parse(text) as Listing;
  return (listing.nftables ?? []).flatMap(({ rule }) => {
    if (rule === undefined) return [];
    const comment = rule['comment'];
    return [
      {
        family: String(rule['family']),
        chain: String(rule['chain']),
        handle: Number(rule['handle']),
        comment: typeof comment === 'string' ? comment : undefined,
      },
    ];
  });
}

const mark = 'virtkit ';

/** The comment that says whose rule it is. */
export const ownerComment = (network: string): string => `${mark}${network}`;
/** Whose rule it is; undefined for the jumps that belong to all. */
export const ownerOf = ({ comment }: InstalledRule): string | undefined =>
  comment?.startsWith(mark) ? comment.slice(mark.length) : undefined;
