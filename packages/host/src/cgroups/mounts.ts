/** Controllers guests are grouped by; those of version 1 are mounted one by one. */
export const controllers = ['cpu', 'cpuacct', 'cpuset', 'memory', 'blkio'] as const;
export type Controller = (typeof controllers)[number];

/** Where groups of processes are made on a host. Version 2 has one tree for all controllers. */
export type CgroupMounts =
  | { readonly version: 1; readonly folders: ReadonlyMap<Controller, string> }
  | { readonly version: 2; readonly folder: string };

/**
 * Reads `/proc/self/mountinfo`. Controllers of version 1 count where there are any, else the tree of version 2;
 * undefined when neither is mounted. @see proc(5), cgroups(7)
 * @param isUsable whether the mount at a folder can be used: it is not covered by another; of two mounts at one place the later one counts
 */
export function parseCgroupMounts(
  mountinfo: string,
  isUsable: (folder: string) => boolean = () => true,
): CgroupMounts | undefined {
  const folders = new Map<Controller, string>();
  let unified: string | undefined;
  for (const line of mountinfo.split('\n')) {
    const { folder, type, options } = mountOf(line);
    if (!type.startsWith('cgroup') || !isUsable(folder)) continue;
    if (type === 'cgroup2') unified = folder;
    for (const controller of controllers) if (options.includes(controller)) folders.set(controller, folder);
  }
  if (folders.size > 0) return { version: 1, folders };
  return unified === undefined ? undefined : { version: 2, folder: unified };
}

/** Fields before the lone `-` say where, those behind it what is mounted. */
function mountOf(line: string): { readonly folder: string; readonly type: string; readonly options: string[] } {
  const [where = '', what = ''] = line.split(' - ');
  const [type = '', , options = ''] = what.split(' ');
  return { folder: plainPath(where.split(' ')[4] ?? ''), type, options: options.split(',') };
}

/** The kernel writes blanks and backslashes of paths in octal. */
const plainPath = (path: string): string =>
  path.replaceAll(/\\([0-7]{3})/g, (_all, code: string) => String.fromCharCode(Number.parseInt(code, 8)));
