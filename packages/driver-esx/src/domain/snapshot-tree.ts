import type { SnapshotNode } from '@virtkit/core';
import type { Answer } from '../soap/answer.js';
import type { ManagedObject } from '../soap/envelope.js';
import { secondsOf } from '../vim/date-time.js';
import { unescapedName } from '../vim/names.js';

/** A snapshot as the server keeps it. */
export interface GuestSnapshot {
  readonly object: ManagedObject;
  readonly node: SnapshotNode;
  readonly description: string;
  /** Seconds since the epoch. */
  readonly createdAt: number;
  readonly power: string;
}

/** All snapshots of a guest, parents before children. */
export function readSnapshots(info: Answer | undefined): readonly GuestSnapshot[] {
  if (info === undefined) return [];
  const current = info.get('currentSnapshot').text;
  return info.list('rootSnapshotList').flatMap((root) => withChildren(root, undefined, current));
}

function withChildren(tree: Answer, parent: string | undefined, current: string | undefined): readonly GuestSnapshot[] {
  const object = tree.get('snapshot').reference ?? { type: 'VirtualMachineSnapshot', id: '' };
  const name = unescapedName(tree.get('name').text ?? '');
  const power = tree.get('state').text ?? '';
  const own: GuestSnapshot = {
    object,
    description: tree.get('description').text ?? '',
    createdAt: secondsOf(tree.get('createTime').text ?? '') ?? 0,
    power,
    node: {
      name,
      current: object.id === current,
      external: false,
      hasMetadata: false,
      state: power === 'poweredOn' ? 'active' : 'inactive',
      ...(parent === undefined ? {} : { parent }),
    },
  };
  return [own, ...tree.list('childSnapshotList').flatMap((child) => withChildren(child, name, current))];
}
