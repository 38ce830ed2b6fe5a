import type { Commands, FirewallBackend, Logger } from '@virtkit/core';
import { type NetworkRules } from './rules.js';
/** Rules of networks in a table of nftables of their own; every change is one transaction. */
export declare class NftablesFirewall implements FirewallBackend {
    #private;
    constructor(commands: Commands, logger: Logger);
    unavailable(signal: AbortSignal): Promise<string | undefined>;
    apply(network: NetworkRules, signal: AbortSignal): Promise<void>;
    remove(network: string, signal: AbortSignal): Promise<void>;
    owners(signal: AbortSignal): Promise<readonly string[]>;
}
//# sourceMappingURL=backend.d.ts.map