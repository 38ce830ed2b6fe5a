export * from './contract.js';
export * from './kernel.js';
export { shellLine } from './shell-line.js';
