/** The rules of a network, in the order they are inserted. `open` networks have none. */
export function networkRules(network) {
    if (network.mode === 'open')
        return [];
    const ipv6 = network.guestIpv6 === true || network.subnets.some(({ family }) => family === 'ipv6');
    return [
        ...baseRules('ip', network.bridge),
        ...(ipv6 ? baseRules('ip6', network.bridge) : []),
        ...network.subnets.flatMap((subnet) => subnetRules(network, subnet)),
    ];
}
/** Nothing in or out, guests among themselves. */
const baseRules = (family, bridge) => [
    { family, chain: 'guest_output', words: ['iif', bridge, 'counter', 'reject'] },
    { family, chain: 'guest_input', words: ['oif', bridge, 'counter', 'reject'] },
    { family, chain: 'guest_cross', words: ['iif', bridge, 'oif', bridge, 'counter', 'accept'] },
];
function subnetRules(network, subnet) {
    if (network.mode === 'isolated')
        return [];
    const hidden = network.mode === 'nat' && (subnet.family === 'ipv4' || network.natIpv6);
    return hidden ? natRules(network, subnet) : routeRules(network, subnet);
}
const place = (network, subnet) => ({
    family: subnet.family === 'ipv4' ? 'ip' : 'ip6',
    net: `${subnet.address}/${subnet.prefix}`,
    bridge: network.bridge,
    device: network.forwardDevice,
});
const through = (direction, device) => device === undefined ? [] : [direction, device];
const allowOut = ({ family, net, bridge, device }) => ({
    family,
    chain: 'guest_output',
    words: [family, 'saddr', net, 'iif', bridge, ...through('oif', device), 'counter', 'accept'],
});
function routeRules(network, subnet) {
    const at = place(network, subnet);
    const { family, net, bridge, device } = at;
    const words = [family, 'daddr', net, ...through('iif', device), 'oif', bridge, 'counter', 'accept'];
    return [allowOut(at), { family, chain: 'guest_input', words }];
}
/** Destinations nobody answers from: broadcast and multicast. */
const unanswered = {
    ip: ['255.255.255.255/32', '224.0.0.0/24'],
    ip6: ['ff02::/16'],
};
function natRules(network, subnet) {
    const at = place(network, subnet);
    const { family, net, bridge, device } = at;
    const replies = ['daddr', net, 'ct', 'state', 'related,established', 'counter', 'accept'];
    const nat = (words) => ({ family, chain: 'guest_nat', words });
    const leaving = [family, 'saddr', net, family, 'daddr', '!=', net, ...through('oif', device), 'counter'];
    return [
        allowOut(at),
        { family, chain: 'guest_input', words: [...through('iif', device), 'oif', bridge, family, ...replies] },
        nat([...leaving, ...hide(network, subnet, false)]),
        nat(['meta', 'l4proto', 'udp', ...leaving, ...hide(network, subnet, true)]),
        nat(['meta', 'l4proto', 'tcp', ...leaving, ...hide(network, subnet, true)]),
        ...unanswered[family].map((to) => nat([family, 'saddr', net, family, 'daddr', to, ...through('oif', device), 'counter', 'return'])),
    ];
}
const anyPorts = { start: 1024, end: 65_535 };
function hide(network, subnet, withPorts) {
    const { start, end } = network.natPorts ?? anyPorts;
    const ports = withPorts ? `:${start}-${end}` : '';
    const addresses = subnet.family === 'ipv4' ? network.natAddress : undefined;
    if (addresses !== undefined)
        return ['snat', 'to', `${addresses.start}-${addresses.end}${ports}`];
    return ports === '' ? ['masquerade'] : ['masquerade', 'to', ports];
}
//# sourceMappingURL=rules.js.map