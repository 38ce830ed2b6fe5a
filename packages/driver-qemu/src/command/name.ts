import { flag, object, option, pairs, type PairInput, type QemuOption } from './option.js';
import { has, type CommandContext, type Section } from './context.js';
import { jsonText, type JsonObject } from './json.js';
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
  const { monitorFd } = context.resources;
  const path = `${domainDir(context)}/monitor.sock`;
  if (!has(context, 'chardev.json')) {
    const place: PairInput = monitorFd === undefined ? ['path', path] : ['fd', String(monitorFd)];
    return pairs('chardev', 'socket', ['id', id], place, ['server', 'on'], ['wait', 'off']);
  }
  const addr: JsonObject =
    monitorFd === undefined ? { type: 'unix', data: { path } } : { type: 'fd', data: { str: String(monitorFd) } };
  return option('chardev', jsonText({ id, backend: { type: 'socket', data: { addr, server: true, wait: false } } }));
}

export const logTimestampSection: Section = ({ config }) =>
  config.logTimestamp ? [pairs('msg', ['timestamp', 'on'])] : [];
