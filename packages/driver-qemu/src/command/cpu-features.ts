import { isX86 } from './architecture.js';

/** Names that differ by more than a hyphen. */
const renamed: Readonly<Record<string, string>> = { pclmuldq: 'pclmulqdq' };

/** QEMU's name of a feature of the document. */
export const cpuFeatureName = (name: string, arch: string): string =>
  isX86(arch) ? (renamed[name] ?? name.replaceAll('_', '-')) : name;

/** Features QEMU doesn't know (any more), whatever the document says of them. */
const removed = new Set(['cmt', 'mbm_total', 'mbm_local', 'osxsave', 'ospke', 'pconfig']);

export const isRemovedFeature = (name: string): boolean => removed.has(name);
