import type { Call } from '@virtkit/core';
import type { StorageVolume } from '@virtkit/schema';
import type { Answer } from '../soap/answer.js';
import { data, type ManagedObject } from '../soap/envelope.js';
import { parseDatastorePath } from '../vim/datastore-path.js';
import type { VimSession } from '../vim/session.js';
import { runTask } from '../vim/task.js';

const details = data([
  ['fileType', true],
  ['fileSize', true],
  ['modification', true],
]);
const diskDetails = data([
  ['diskType', true],
  ['capacityKb', true],
  ['hardwareVersion', false],
]);
const queries = [
  data([['details', diskDetails]], 'VmDiskFileQuery'),
  data([], 'IsoImageFileQuery'),
  data([], 'FloppyImageFileQuery'),
];
const formats: Readonly<Record<string, string>> = {
  VmDiskFileInfo: 'vmdk',
  IsoImageFileInfo: 'iso',
  FloppyImageFileInfo: 'raw',
};
const suffixes: Readonly<Record<string, string>> = { vmdk: 'vmdk', iso: 'iso', flp: 'raw', img: 'raw' };

/** Disks and images of a datastore, with those in its folders: one search. */
export async function datastoreVolumes(
  session: VimSession,
  browser: ManagedObject,
  datastore: string,
  call: Call,
): Promise<readonly StorageVolume[]> {
  const spec = data([
    ['query', queries],
    ['details', details],
    ['matchPattern', '*'],
    ['sortFoldersFirst', true],
  ]);
  const parameters = [
    ['datastorePath', `[${datastore}]`],
    ['searchSpec', spec],
  ] as const;
  const result = await runTask(session, 'SearchDatastoreSubFolders_Task', browser, parameters, call);
  const folders = result?.items() ?? [];
  return folders.flatMap((folder) => {
    const path = folder.get('folderPath').text ?? '';
    return folder.list('file').flatMap((file) => readFile(path, file) ?? []);
  });
}

function readFile(folder: string, file: Answer): StorageVolume | undefined {
  const base = file.get('path').text ?? '';
  const format = formats[file.type] ?? suffixes[/\.([a-z]+)$/i.exec(base)?.[1]?.toLowerCase() ?? ''];
  if (format === undefined || /-(flat|delta|ctk)\.vmdk$/.test(base)) return undefined;
  const { datastore, path } = parseDatastorePath(folder);
  const inner = path.replaceAll(/^\/+|\/+$/g, '');
  const directory = inner === '' ? '' : `${inner}/`;
  const name = `${directory}${base}`;
  const size = file.get('fileSize').bigint ?? 0n;
  const capacity = file.get('capacityKb').bigint;
  return {
    type: 'file',
    name,
    key: `[${datastore}] ${name}`,
    capacity: capacity === undefined ? size : capacity * 1024n,
    allocation: size,
    target: { path: `[${datastore}] ${name}`, format: { type: format } },
  };
}
