import { listPoolTypes } from '@virtkit/protocol';
import { flag, type OptionRow, text, type Values } from '../command.js';
import { markup, textElement } from '../document.js';
import { exclusive } from '../exclusive.js';

const named = (name: string, summary: string): OptionRow => text(name, summary, { named: true });

/** What `pool-define-as` and `pool-create-as` take to describe a pool. */
export const poolOptions: readonly OptionRow[] = [
  text('name', 'name of the pool', { required: true }),
  text('type', 'type of the pool', { required: true, words: Object.keys(listPoolTypes) }),
  text('source-host', 'source-host for underlying storage'),
  text('source-path', 'source path for underlying storage'),
  text('source-dev', 'source device for underlying storage'),
  text('source-name', 'source name for underlying storage'),
  text('target', 'target for underlying storage'),
  text('source-format', 'format for underlying storage'),
  named('auth-type', 'auth type to be used for underlying storage'),
  named('auth-username', 'auth username to be used for underlying storage'),
  named('secret-usage', 'auth secret usage to be used for underlying storage'),
  named('secret-uuid', 'auth secret UUID to be used for underlying storage'),
  named('adapter-name', 'adapter name to be used for underlying storage'),
  named('adapter-wwnn', 'adapter wwnn to be used for underlying storage'),
  named('adapter-wwpn', 'adapter wwpn to be used for underlying storage'),
  named('adapter-parent', 'adapter parent scsi_hostN to be used for underlying vHBA storage'),
  named('adapter-parent-wwnn', 'adapter parent scsi_hostN wwnn to be used for underlying vHBA storage'),
  named('adapter-parent-wwpn', 'adapter parent scsi_hostN wwpn to be used for underlying vHBA storage'),
  named('adapter-parent-fabric-wwn', 'adapter parent scsi_hostN fabric_wwn to be used for underlying vHBA storage'),
  named('source-protocol-ver', 'nfsvers value for NFS pool mount option'),
  named('source-initiator', 'initiator iqn for underlying storage'),
  flag('print-xml', "print XML document, but don't define/create"),
];

function authXml(values: Values): string {
  const secret = { usage: values.optional('secret-usage'), uuid: values.optional('secret-uuid') };
  const known = secret.usage !== undefined || secret.uuid !== undefined;
  return markup(
    'auth',
    { type: values.text('auth-type'), username: values.text('auth-username') },
    known ? [markup('secret', secret)] : [],
  );
}

/** A virtual host bus adapter has world wide names, and parents that are named in one of three ways. */
function fibreChannelXml(values: Values): string {
  const fabric = values.optional('adapter-parent-fabric-wwn');
  const parents = { wwnn: values.optional('adapter-parent-wwnn'), wwpn: values.optional('adapter-parent-wwpn') };
  const byNames = values.optional('adapter-parent') === undefined && parents.wwnn !== undefined;
  return markup('adapter', {
    type: 'fc_host',
    parent: values.optional('adapter-parent'),
    parent_wwnn: byNames ? parents.wwnn : undefined,
    parent_wwpn: byNames ? parents.wwpn : undefined,
    parent_fabric_wwn: values.has('adapter-parent') || byNames ? undefined : fabric,
    wwnn: values.optional('adapter-wwnn'),
    wwpn: values.optional('adapter-wwpn'),
  });
}

function adapterXml(values: Values): readonly string[] {
  if (values.has('adapter-wwnn') && values.has('adapter-wwpn')) return [fibreChannelXml(values)];
  const name = values.optional('adapter-name');
  return name === undefined ? [] : [markup('adapter', { type: 'scsi_host', name })];
}

function sourceXml(values: Values): readonly string[] {
  const child = (option: string, xml: (value: string) => string): readonly string[] =>
    values.has(option) ? [xml(values.text(option))] : [];
  return [
    ...child('source-host', (name) => markup('host', { name })),
    ...child('source-path', (path) => markup('dir', { path })),
    ...child('source-dev', (path) => markup('device', { path })),
    ...adapterXml(values),
    ...(values.has('auth-type') && values.has('auth-username') ? [authXml(values)] : []),
    ...child('source-initiator', (name) => markup('initiator', {}, [markup('iqn', { name })])),
    ...child('source-format', (type) => markup('format', { type })),
    ...child('source-name', (name) => textElement('name', name)),
    ...child('source-protocol-ver', (ver) => markup('protocol', { ver })),
  ];
}

/** `<pool>` of those options. @throws UsageError where two of them exclude each other */
export function poolXml(values: Values): string {
  exclusive(values, 'secret-usage', 'secret-uuid');
  const source = sourceXml(values);
  return markup('pool', { type: values.text('type') }, [
    textElement('name', values.text('name')),
    ...(source.length === 0 ? [] : [markup('source', {}, source)]),
    ...(values.has('target') ? [markup('target', {}, [textElement('path', values.text('target'))])] : []),
  ]);
}
