import { flag, object, option, pairs, type QemuOption } from './option.js';
import { has, type CommandContext, type Section } from './context.js';
import { jsonText } from './json.js';
import { domainDir } from './paths.js';

/** `-name` */
export const nameSection: Section = ({ domain, config }) => [
  pairs('name', ['guest', domain.name ?? ''], config.setProcessName && ['process', `qemu:${domain.name}`], [
    'debug-threads',
    'on',
  ]),
];

/** The guest waits until its monitor tells it to run. */
export const pausedSection: Section = () => [flag('S')];

/** The key all other secrets are enciphered with. */
export const masterKeySection: Section = (context) => [
  object({
    'qom-type': 'secret',
    id: 'masterKey0',
    format: 'raw',
    file: `${domainDir(context)}/master-key.aes`,
  }),
];

export const uuidSection: Section = ({ domain }) => [option('uuid', domain.uuid ?? '')];

/** Nothing that QEMU would add by itself. */
export const noDefaultsSection: Section = () => [flag('no-user-config'), flag('nodefaults')];

export const monitorSection: Section = (context) => [
  monitorChardev(context),
  pairs('mon', ['chardev', 'charmonitor'], ['id', 'monitor'], ['mode', 'control']),
];

function monitorChardev(context: CommandContext): QemuOption {
  const id = 'charmonitor';
  const fd = String(context.resources.monitorFd);
  if (!has(context, 'chardev.json'))
    return pairs('chardev', 'socket', ['id', id], ['fd', fd], ['server', 'on'], ['wait', 'off']);
  const data = { addr: { type: 'fd', data: { str: fd } }, server: true, wait: false };
  return option('chardev', jsonText({ id, backend: { type: 'socket', data } }));
}

export const logTimestampSection: Section = ({ config }) =>
  config.logTimestamp ? [pairs('msg', ['timestamp', 'on'])] : [];
