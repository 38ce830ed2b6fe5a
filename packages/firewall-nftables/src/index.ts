export { NftablesFirewall } from './backend.js';
export { checksumCommands, ruleCommand, tableCommands, tableName } from './commands.js';
export { networkRules, type NetworkRules, type Rule } from './rules.js';
