export { loadNative, type Native } from './native.js';
export type { Cpuid, CpuidRegisters } from './cpuid.js';
export type { Received } from './descriptors.js';
export type { PeerCredentials } from './peer-credentials.js';
export type { OpenTap, TapRequest } from './tap.js';
