import type { ObjectKind } from '../contract/state.js';

const commands: Readonly<Record<ObjectKind<unknown>['what'], string>> = {
  domain: 'edit',
  network: 'net-edit',
  storagePool: 'pool-edit',
};

/** The comment that stands before every document in a configuration directory. */
export function withHeader(what: ObjectKind<unknown>['what'], name: string, uuid: string, document: string): string {
  return [
    '<!--',
    'WARNING: THIS IS AN AUTO-GENERATED FILE. CHANGES TO IT ARE LIKELY TO BE',
    'OVERWRITTEN AND LOST. Changes to this xml configuration should be made using:',
    `  virsh ${commands[what]} ${isPlain(name) ? name : uuid}`,
    'or other application using the libvirt API.',
    '-->',
    '',
    document.endsWith('\n') ? document : `${document}\n`,
  ].join('\n');
}

/** Safe in a shell and in a comment. */
function isPlain(name: string): boolean {
  return /^[A-Za-z0-9_.,:@%+/=-]+$/.test(name) && !name.includes('--');
}
