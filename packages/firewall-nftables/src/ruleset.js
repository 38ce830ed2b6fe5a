/** Reads the answer of `nft -j -a list table …`. */
export function parseRuleset(text) {
    const listing = JSON.parse(text);
    return (listing.nftables ?? []).flatMap(({ rule }) => {
        if (rule === undefined)
            return [];
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
export const ownerComment = (network) => `${mark}${network}`;
/** Whose rule it is; undefined for the jumps that belong to all. */
export const ownerOf = ({ comment }) => comment?.startsWith(mark) ? comment.slice(mark.length) : undefined;
//# sourceMappingURL=ruleset.js.map