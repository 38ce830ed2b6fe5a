import { flag, object, option, pairs } from './option.js';
import type { Section } from './context.js';
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

export const monitorSection: Section = ({ resources }) => [
  pairs(
    'chardev',
    'socket',
    ['id', 'charmonitor'],
    ['fd', String(resources.monitorFd)],
    ['server', 'on'],
    ['wait', 'off'],
  ),
  pairs('mon', ['chardev', 'charmonitor'], ['id', 'monitor'], ['mode', 'control']),
];

export const logTimestampSection: Section = ({ config }) =>
  config.logTimestamp ? [pairs('msg', ['timestamp', 'on'])] : [];
