/** What tests of plugins and of programs with a kernel need. */
export { refusingHost, silentLogger } from './testing/services.js';
