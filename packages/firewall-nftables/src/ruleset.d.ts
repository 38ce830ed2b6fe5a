/** One rule of our table as `nft -j -a list table` shows it. */
export interface InstalledRule {
    readonly family: string;
    readonly chain: string;
    readonly handle: number;
    readonly comment: string | undefined;
}
/** Reads the answer of `nft -j -a list table …`. */
export declare function parseRuleset(text: string): readonly InstalledRule[];
/** The comment that says whose rule it is. */
export declare const ownerComment: (network: string) => string;
/** Whose rule it is; undefined for the jumps that belong to all. */
export declare const ownerOf: ({ comment }: InstalledRule) => string | undefined;
//# sourceMappingURL=ruleset.d.ts.map