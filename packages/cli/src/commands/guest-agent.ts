import { authorizedKeysFlags, passwordFlags, setTimeFlags, suspendTargets } from '@virtkit/protocol';
import { attempt, readDocument } from '../attempt.js';
import { chosenDomain } from '../chosen-domain.js';
import { type Command, domainOption, flag, number, text, type Values } from '../command.js';
import { exclusive, needs } from '../exclusive.js';
import { flagSet } from '../flag-set.js';
import { bare, done, nothing, plain } from '../output.js';
import { CommandError, UsageError } from '../usage-error.js';

const group = 'Domain Management';
const monitoring = 'Domain Monitoring';

/** Waits as long as the agent needs. @libvirt VIR_DOMAIN_AGENT_RESPONSE_TIMEOUT_BLOCK */
const WITHOUT_END = -2;

const targetWords: readonly string[] = suspendTargets.words;

const setting = flagSet(setTimeFlags, [
  ['sync', 'sync', "instead of setting given time, synchronize from domain's RTC"],
]);
const secret = flagSet(passwordFlags, [['encrypted', 'encrypted', 'the password is already encrypted']]);

/** Seconds to set; undefined: only to be shown. */
function timeToSet(values: Values): bigint | undefined {
  exclusive(values, 'time', 'now');
  exclusive(values, 'time', 'sync');
  exclusive(values, 'now', 'sync');
  if (values.flag('now')) return BigInt(Math.floor(Date.now() / 1000));
  const seconds = values.number('time');
  if (seconds !== undefined) return BigInt(seconds);
  return values.flag('sync') ? 0n : undefined;
}

const calendar = (seconds: bigint): string =>
  new Date(Number(seconds) * 1000).toISOString().slice(0, -'.000Z'.length).replace('T', ' ');

/** Which of the guest's processors go on or off line. */
function vcpusToSet(values: Values): { readonly cpumap: string; readonly state: number } | undefined {
  exclusive(values, 'enable', 'disable');
  needs(values, 'enable', 'cpulist');
  needs(values, 'disable', 'cpulist');
  const cpumap = values.optional('cpulist');
  if (cpumap === undefined) return undefined;
  const enable = values.flag('enable');
  if (!enable && !values.flag('disable'))
    throw new CommandError('One of options --enable or --disable is required by option --cpulist');
  return { cpumap, state: enable ? 1 : 0 };
}

function keyFlags(values: Values): number {
  exclusive(values, 'reset', 'remove');
  needs(values, 'remove', 'file');
  if (values.flag('remove')) return authorizedKeysFlags.remove;
  if (values.flag('reset')) return 0;
  if (!values.has('file')) throw new CommandError('Option --file is required');
  return authorizedKeysFlags.append;
}

/** What a guest's agent is asked to do. */
export const guestAgent: readonly Command[] = [
  {
    name: 'domtime',
    group: monitoring,
    summary: 'domain time',
    options: [
      domainOption,
      flag('now', 'set to the time of the host running virtkit'),
      flag('pretty', "print domain's time in human readable form"),
      ...setting.options,
      number('time', 'time to set', { named: true }),
    ],
    run: async (context, values) => {
      const time = timeToSet(values);
      const { dom, remote } = await chosenDomain(context, values);
      if (time !== undefined) {
        await remote.domainSetTime({ dom, seconds: time, nseconds: 0, flags: setting.bits(values) });
        return nothing;
      }
      const { seconds } = await remote.domainGetTime({ dom, flags: 0 });
      return bare(`Time: ${values.flag('pretty') ? calendar(seconds) : seconds}`, seconds);
    },
  },
  {
    name: 'guestvcpus',
    group,
    summary: 'query or modify state of vcpu in the guest (via agent)',
    options: [
      domainOption,
      text('cpulist', 'list of cpus to enable or disable', { named: true }),
      flag('enable', 'enable cpus specified by cpulist'),
      flag('disable', 'disable cpus specified by cpulist'),
    ],
    run: async (context, values) => {
      const change = vcpusToSet(values);
      const { dom, remote } = await chosenDomain(context, values);
      if (change !== undefined) {
        await remote.domainSetGuestVcpus({ dom, ...change, flags: 0 });
        return nothing;
      }
      const { params } = await remote.domainGetGuestVcpus({ dom, flags: 0 });
      const lines = params.map(({ field, value }) => `${field.padEnd(15)}: ${String(value)}\n`);
      return plain(lines.join(''), Object.fromEntries(params.map(({ field, value }) => [field, value])));
    },
  },
  {
    name: 'set-user-password',
    group,
    summary: 'set the user password inside the domain',
    options: [
      domainOption,
      text('user', 'the username', { required: true }),
      text('password', 'the new password', { required: true }),
      ...secret.options,
    ],
    run: async (context, values) => {
      const { domain, dom, remote } = await chosenDomain(context, values);
      const user = values.text('user');
      await remote.domainSetUserPassword({ dom, user, password: values.text('password'), flags: secret.bits(values) });
      return bare(`Password set successfully for ${user} in ${domain.name}`, { user });
    },
  },
  {
    name: 'get-user-sshkeys',
    group,
    summary: 'list authorized SSH keys for given user (via agent)',
    options: [domainOption, text('user', 'user to list authorized keys for', { required: true })],
    run: async (context, values) => {
      const { dom, remote } = await chosenDomain(context, values);
      const { keys } = await remote.domainAuthorizedSSHKeysGet({ dom, user: values.text('user'), flags: 0 });
      return plain(keys.map((key) => `${key}\n`).join(''), keys);
    },
  },
  {
    name: 'set-user-sshkeys',
    group,
    summary: 'manipulate authorized SSH keys file for given user (via agent)',
    options: [
      domainOption,
      text('user', 'user to set authorized keys for', { required: true }),
      text('file', 'optional file to read keys from', { completes: 'file' }),
      flag('reset', 'clear out authorized keys file before adding new keys'),
      flag('remove', 'remove keys from the authorized keys file'),
    ],
    run: async (context, values) => {
      const flags = keyFlags(values);
      const file = values.optional('file');
      const keys = file === undefined ? [] : (await readDocument(file)).split('\n').filter((line) => line !== '');
      if (file !== undefined && keys.length === 0) throw new CommandError(`File ${file} contains no keys`);
      const { dom, remote } = await chosenDomain(context, values);
      await remote.domainAuthorizedSSHKeysSet({ dom, user: values.text('user'), keys, flags });
      return nothing;
    },
  },
  {
    name: 'guest-agent-timeout',
    group,
    summary: 'Set the guest agent timeout',
    options: [domainOption, number('timeout', 'timeout seconds.', { named: true })],
    run: async (context, values) => {
      const { dom, remote } = await chosenDomain(context, values);
      const timeout = values.number('timeout') ?? WITHOUT_END;
      await remote.domainAgentSetResponseTimeout({ dom, timeout, flags: 0 });
      return nothing;
    },
  },
  {
    name: 'dompmsuspend',
    group,
    summary: 'suspend a domain gracefully using power management functions',
    options: [
      domainOption,
      text('target', 'mem(Suspend-to-RAM), disk(Suspend-to-Disk), hybrid(Hybrid-Suspend)', {
        required: true,
        words: targetWords,
      }),
      number('duration', 'duration in seconds', { named: true }),
    ],
    run: async (context, values) => {
      const target = targetWords.indexOf(values.text('target'));
      if (target < 0) throw new UsageError('Invalid target', `one of ${targetWords.join(', ')}`);
      const { domain, dom, remote } = await chosenDomain(context, values);
      const duration = BigInt(values.number('duration') ?? 0);
      await attempt(`Domain '${domain.name}' could not be suspended`, () =>
        remote.domainPMSuspendForDuration({ dom, target, duration, flags: 0 }),
      );
      return done(`Domain '${domain.name}' successfully suspended`);
    },
  },
  {
    name: 'dompmwakeup',
    group,
    summary: 'wakeup a domain from pmsuspended state',
    options: [domainOption],
    run: async (context, values) => {
      const { domain, dom, remote } = await chosenDomain(context, values);
      await attempt(`Domain '${domain.name}' could not be woken up`, () => remote.domainPMWakeup({ dom, flags: 0 }));
      return done(`Domain '${domain.name}' successfully woken up`);
    },
  },
];
