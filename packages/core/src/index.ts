export * from './contract.js';
export * from './kernel.js';
