import type { Mount } from '../machine/mounts.js';

/** Controllers guests are grouped by; those of version 1 are mounted one by one. */
export const controllers = ['cpu', 'cpuacct', 'cpuset', 'memory', 'blkio'] as const;
export type Controller = (typeof controllers)[number];

/** Where groups of processes are made on a host. Version 2 has one tree for all controllers. */
export type CgroupMounts =
  | { readonly version: 1; readonly folders: ReadonlyMap<Controller, string> }
  | { readonly version: 2; readonly folder: string };

/**
 * Controllers of version 1 count where there are any, else the tree of version 2; undefined when neither is mounted.
 * Of two mounts at one place the later one counts. @see cgroups(7)
 */
export function cgroupMounts(mounts: readonly Mount[]): CgroupMounts | undefined {
  const folders = new Map<Controller, string>();
  let unified: string | undefined;
  for (const { target, type, options } of mounts) {
    if (type === 'cgroup2') unified = target;
    if (type !== 'cgroup') continue;
    for (const controller of controllers) if (options.includes(controller)) folders.set(controller, target);
  }
  if (folders.size > 0) return { version: 1, folders };
  return unified === undefined ? undefined : { version: 2, folder: unified };
}
