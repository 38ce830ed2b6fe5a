import { definePlugin } from '@virtkit/core';
import { NftablesFirewall } from './backend.js';
export default definePlugin({
    kind: 'firewall',
    name: 'nftables',
    apiVersion: 1,
    setup: ({ host, logger }) => new NftablesFirewall(host.commands, logger),
});
//# sourceMappingURL=plugin.js.map