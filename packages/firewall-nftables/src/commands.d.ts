import type { Rule, RuleFamily } from './rules.js';
/** Name of the table all networks of this host share. */
export declare const tableName = "virtkit_network";
/** Arguments of `nft` that make table and chains of a family; adding what is there changes nothing, inserting does. */
export declare function tableCommands(family: RuleFamily, table?: string): readonly (readonly string[])[];
/** Arguments of `nft` for one rule. */
export declare const ruleCommand: ({ family, chain, words }: Rule, table?: string) => readonly string[];
/**
 * Arguments of `tc` that complete the checksum of DHCP answers: guests whose own stack does not see that it was left to
 * a network card would drop them. The first only asks whether the queue is there.
 */
export declare const checksumCommands: (bridge: string) => readonly (readonly string[])[];
//# sourceMappingURL=commands.d.ts.map