declare const _default: import("@virtkit/core").Plugin<"firewall", import("@virtkit/core").FirewallBackend>;
export default _default;
//# sourceMappingURL=plugin.d.ts.map