import type { NetworkFirewall } from '@virtkit/core';
export type RuleFamily = 'ip' | 'ip6';
export type RuleChain = 'guest_output' | 'guest_input' | 'guest_cross' | 'guest_nat';
/** One rule; each is put before those that are there already. */
export interface Rule {
    readonly family: RuleFamily;
    readonly chain: RuleChain;
    readonly words: readonly string[];
}
/** `NetworkFirewall` with what only some networks say. */
export interface NetworkRules extends NetworkFirewall {
    /** Guests may use IPv6 among themselves although the network has no such address. */
    readonly guestIpv6?: boolean;
}
/** The rules of a network, in the order they are inserted. `open` networks have none. */
export declare function networkRules(network: NetworkRules): readonly Rule[];
//# sourceMappingURL=rules.d.ts.map