import { checksumCommands, ruleCommand, tableCommands, tableName } from './commands.js';
import { ownerComment, ownerOf, parseRuleset } from './ruleset.js';
import { networkRules } from './rules.js';
const families = ['ip', 'ip6'];
/** Rules of networks in a table of nftables of their own; every change is one transaction. */
export class NftablesFirewall {
    #commands;
    #logger;
    /** Changes follow each other: handles read for one are no longer right after another. */
    #last = Promise.resolve();
    constructor(commands, logger) {
        this.#commands = commands;
        this.#logger = logger;
    }
    async unavailable(signal) {
        if ((await this.#commands.find('nft')) === undefined)
            return "cannot find 'nft' (install it: apt install nftables)";
        const result = await this.#commands.run('nft', ['list', 'tables'], { signal });
        return result.code === 0 ? undefined : result.stderr.trim();
    }
    apply(network, signal) {
        return this.#inTurn(async () => {
            const rules = networkRules(network);
            const needed = families.filter((family) => rules.some((rule) => rule.family === family));
            const installed = await this.#installed(signal);
            const lines = [
                ...removalLines(owned(installed, network.name)),
                ...needed.flatMap((family) => this.#tableLines(family, installed)),
                ...rules.map((rule) => ruleLine(rule, network.name)),
            ];
            await this.#transaction(lines, signal);
            if (rules.length > 0)
                await this.#completeChecksums(network.bridge, signal);
        });
    }
    remove(network, signal) {
        return this.#inTurn(async () => {
            const installed = await this.#installed(signal);
            const others = installed.some((rule) => ownerOf(rule) !== undefined && ownerOf(rule) !== network);
            const families = new Set(installed.map(({ family }) => family));
            const lines = others ? removalLines(owned(installed, network)) : [...families].map(dropTable);
            await this.#transaction(lines, signal);
        });
    }
    async owners(signal) {
        const owners = (await this.#installed(signal)).map(ownerOf).filter((owner) => owner !== undefined);
        return [...new Set(owners)];
    }
    async #installed(signal) {
        const rules = [];
        for (const family of families) {
            const result = await this.#commands.run('nft', ['-j', '-a', 'list', 'table', family, tableName], { signal });
            if (result.code === 0)
                rules.push(...parseRuleset(result.stdout));
        }
        return rules;
    }
    #tableLines(family, installed) {
        const there = installed.some((rule) => rule.family === family && rule.chain === 'forward');
        return there ? [] : tableCommands(family).map((words) => words.join(' '));
    }
    async #transaction(lines, signal) {
        if (lines.length > 0)
            await this.#commands.expect('nft', ['-f', '-'], { input: `${lines.join('\n')}\n`, signal });
    }
    async #completeChecksums(bridge, signal) {
        const [query = [], ...additions] = checksumCommands(bridge);
        if ((await this.#commands.find('tc')) === undefined)
            return;
        const found = await this.#commands.run('tc', query, { signal });
        if (found.stdout.includes('qdisc htb 1:'))
            return;
        for (const words of additions) {
            const { code, stderr } = await this.#commands.run('tc', words, { signal });
            if (code === 0)
                continue;
            this.#logger.debug('cannot complete checksums of DHCP answers', { bridge, reason: stderr.trim() });
            return;
        }
    }
    #inTurn(body) {
        const result = this.#last.then(body, body);
        this.#last = result.catch(() => undefined);
        return result;
    }
}
const owned = (rules, network) => rules.filter((rule) => ownerOf(rule) === network);
const removalLines = (rules) => rules.map(({ family, chain, handle }) => `delete rule ${family} ${tableName} ${chain} handle ${handle}`);
/** With the last network goes the table. */
const dropTable = (family) => `delete table ${family} ${tableName}`;
const ruleLine = (rule, network) => `${ruleCommand(rule).join(' ')} comment "${ownerComment(network)}"`;
//# sourceMappingURL=backend.js.map