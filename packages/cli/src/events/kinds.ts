import type { EventName, MessageOut, remote } from '@virtkit/protocol';
import { lifecycleWords } from './lifecycle-words.js';

type Message<K extends EventName<typeof remote>> = MessageOut<typeof remote, K>;

/** One kind of events of domains. */
export interface EventKind {
  readonly name: string;
  readonly message: EventName<typeof remote>;
  /** What stands behind `event 'NAME' for domain 'DOMAIN'`. */
  words(message: never): string;
}

const kind = <K extends EventName<typeof remote>>(
  name: string,
  message: K,
  words: (message: Message<K>) => string = () => '',
): EventKind => ({ name, message, words });

const word = (words: readonly string[], at: number): string => words[at] ?? 'unknown';
const lines = (rows: readonly (readonly [name: string, value: unknown])[]): string =>
  `:${rows.map(([name, value]) => `\n${name}: ${String(value)}`).join('')}`;
const parameters = (params: readonly { readonly field: string; readonly value: unknown }[]): string =>
  `:${params.map(({ field, value }) => `\n\t${field}: ${String(value)}`).join('')}`;

const watchdogActions = ['none', 'pause', 'reset', 'poweroff', 'shutdown', 'debug', 'inject-nmi'];
const errorActions = ['none', 'pause', 'report'];
const phases = ['connect', 'initialize', 'disconnect'];
const families = ['IPv4', 'IPv6', 'unix'];
const jobs = ['Unknown job', 'Block Pull', 'Block Copy', 'Block Commit', 'Active Block Commit', 'Backup'];
const jobEnds = ['completed', 'failed', 'canceled', 'ready'];
const agentStates = ['unknown', 'connected', 'disconnected'];
const agentReasons = ['unknown', 'domain started', 'channel event'];
/** @libvirt virDomainMetadataType */
export const metadataKinds = ['description', 'title', 'element'];
const recipients = ['hypervisor', 'guest'];
const failureActions = ['ignore', 'inject', 'fatal', 'reset'];

type Address = Message<'domainEventCallbackGraphics'>['msg']['local'];
const address = ({ family, node, service }: Address): string => `[${word(families, family)} ${node} ${service}]`;

/** Every kind, in the order of libvirt's numbers. @libvirt virDomainEventID */
export const eventKinds: readonly EventKind[] = [
  kind(
    'lifecycle',
    'domainEventCallbackLifecycle',
    ({ msg }) => `: ${lifecycleWords(msg.event, msg.detail).join(' ')}`,
  ),
  kind('reboot', 'domainEventCallbackReboot'),
  kind('rtc-change', 'domainEventCallbackRtcChange', ({ msg }) => `: ${msg.offset}`),
  kind('watchdog', 'domainEventCallbackWatchdog', ({ msg }) => `: ${word(watchdogActions, msg.action)}`),
  kind(
    'io-error',
    'domainEventCallbackIoError',
    ({ msg }) => `: ${msg.srcPath} (${msg.devAlias}) ${word(errorActions, msg.action)}`,
  ),
  kind('graphics', 'domainEventCallbackGraphics', ({ msg }) => {
    const who = msg.subject.map(({ type, name }, at) => `\n\tsubject[${at}]: ${type} - ${name}`);
    const ends = `local${address(msg.local)} remote${address(msg.remote)}`;
    return `: ${word(phases, msg.phase)} ${ends} ${msg.authScheme}${who.join('')}`;
  }),
  kind(
    'io-error-reason',
    'domainEventCallbackIoErrorReason',
    ({ msg }) => `: ${msg.srcPath} (${msg.devAlias}) ${word(errorActions, msg.action)} due to ${msg.reason}`,
  ),
  kind('control-error', 'domainEventCallbackControlError'),
  kind(
    'block-job',
    'domainEventCallbackBlockJob',
    ({ msg }) => `: ${word(jobs, msg.type)} for ${msg.path} ${word(jobEnds, msg.status)}`,
  ),
  kind('disk-change', 'domainEventCallbackDiskChange', ({ msg }) => {
    const [before, after] = [msg.oldSrcPath ?? '', msg.newSrcPath ?? ''];
    return ` disk ${msg.devAlias}: ${before} -> ${after}: ${word(['changed', 'dropped'], msg.reason)}`;
  }),
  kind(
    'tray-change',
    'domainEventCallbackTrayChange',
    ({ msg }) => ` disk ${msg.devAlias}: ${word(['opened', 'closed'], msg.reason)}`,
  ),
  kind('pm-wakeup', 'domainEventCallbackPmwakeup'),
  kind('pm-suspend', 'domainEventCallbackPmsuspend'),
  kind('balloon-change', 'domainEventCallbackBalloonChange', ({ msg }) => `: ${msg.actual}KiB`),
  kind('pm-suspend-disk', 'domainEventCallbackPmsuspendDisk'),
  kind('device-removed', 'domainEventCallbackDeviceRemoved', ({ msg }) => `: ${msg.devAlias}`),
  kind(
    'block-job-2',
    'domainEventBlockJob2',
    ({ dst, type, status }) => `: ${word(jobs, type)} for ${dst} ${word(jobEnds, status)}`,
  ),
  kind('tunable', 'domainEventCallbackTunable', ({ params }) => parameters(params)),
  kind(
    'agent-lifecycle',
    'domainEventCallbackAgentLifecycle',
    ({ state, reason }) => `: state: '${word(agentStates, state)}' reason: '${word(agentReasons, reason)}'`,
  ),
  kind('device-added', 'domainEventCallbackDeviceAdded', ({ devAlias }) => `: ${devAlias}`),
  kind(
    'migration-iteration',
    'domainEventCallbackMigrationIteration',
    ({ iteration }) => `: iteration: '${iteration}'`,
  ),
  kind('job-completed', 'domainEventCallbackJobCompleted', ({ params }) => parameters(params)),
  kind('device-removal-failed', 'domainEventCallbackDeviceRemovalFailed', ({ devAlias }) => `: ${devAlias}`),
  kind(
    'metadata-change',
    'domainEventCallbackMetadataChange',
    ({ type, nsuri }) => `: type ${word(metadataKinds, type)}, uri ${nsuri ?? '<null>'}`,
  ),
  kind(
    'block-threshold',
    'domainEventBlockThreshold',
    ({ dev, path, threshold, excess }) => `: dev: ${dev}(${path ?? '<null>'}) ${threshold} ${excess}`,
  ),
  kind('memory-failure', 'domainEventMemoryFailure', ({ recipient, action, flags }) =>
    lines([
      ['recipient', word(recipients, recipient)],
      ['action', word(failureActions, action)],
      ['action required', flags & 1],
      ['recursive', (flags >> 1) & 1],
    ]),
  ),
  kind('memory-device-size-change', 'domainEventMemoryDeviceSizeChange', ({ alias, size }) =>
    lines([
      ['alias', alias],
      ['size', size],
    ]),
  ),
];
