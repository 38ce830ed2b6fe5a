import { onlineCpus, type FileTree } from '@virtkit/host';
import { element, type Item } from '../../capabilities/document.js';

/** Caches nearer to a processor than this are nothing a guest could be given a part of. */
const lowestLevel = 2;
const types: Readonly<Record<string, string>> = { Unified: 'both', Data: 'data', Instruction: 'code' };

interface Bank {
  readonly id: number;
  readonly level: number;
  readonly type: string;
  /** KiB */
  readonly size: number;
  readonly cpus: string;
}

/** The `<cache>` element; absent where the kernel tells nothing. */
export function cacheItems(tree: FileTree): readonly Item[] {
  const banks = new Map<string, Bank>();
  for (const cpu of onlineCpus(tree)) {
    for (const bank of banksOf(tree, cpu)) banks.set(`${bank.level} ${bank.type} ${bank.id}`, bank);
  }
  const sorted = [...banks.values()].sort((a, b) => a.level - b.level || a.id - b.id);
  return sorted.length === 0 ? [] : [element('cache', {}, sorted.map(bankItem))];
}

function banksOf(tree: FileTree, cpu: number): readonly Bank[] {
  const folder = `sys/devices/system/cpu/cpu${cpu}/cache`;
  return tree.names(folder).flatMap((name): readonly Bank[] => {
    const file = (part: string): string => (tree.text(`${folder}/${name}/${part}`) ?? '').trim();
    const level = Number(file('level'));
    const size = /^(\d+)K$/.exec(file('size'))?.[1];
    if (!name.startsWith('index') || size === undefined || level < lowestLevel) return [];
    return [
      {
        id: Number(file('id')),
        level,
        type: types[file('type')] ?? 'both',
        size: Number(size),
        cpus: file('shared_cpu_list'),
      },
    ];
  });
}

function bankItem({ id, level, type, size, cpus }: Bank): Item {
  const whole = size % 1024 === 0;
  return element('bank', {
    id: String(id),
    level: String(level),
    type,
    size: String(whole ? size / 1024 : size),
    unit: whole ? 'MiB' : 'KiB',
    cpus,
  });
}
