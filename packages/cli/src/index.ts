export type { Distribution, Plugins, PluginSummary } from './distribution.js';
export type { Ask, Embedded, Question } from './embedded.js';
export { run, type Terminal } from './run.js';
