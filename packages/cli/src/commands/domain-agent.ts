import { guestInfoGroups, hostnameFlags } from '@virtkit/protocol';
import { attempt } from '../attempt.js';
import { type Command, domainOption, text } from '../command.js';
import { attribute, attributeOf, devices } from '../document.js';
import { flagSet } from '../flag-set.js';
import { plain } from '../output.js';
import { CommandError, UsageError } from '../usage-error.js';

/** What the agent is asked for. */
const kinds = flagSet(guestInfoGroups, [
  ['user', 'users', 'report active users'],
  ['os', 'os', 'report operating system information'],
  ['timezone', 'timezone', 'report timezone information'],
  ['hostname', 'hostname', 'report hostname'],
  ['filesystem', 'filesystem', 'report filesystem information'],
  ['disk', 'disks', 'report disk information'],
  ['interface', 'interfaces', 'report interface information'],
  ['load', 'load', 'report load averages'],
]);

/** Who is asked for the name of a guest. */
function nameSource(words: string | undefined): number {
  const bits: Readonly<Record<string, number>> = hostnameFlags;
  const found = words === undefined ? 0 : Object.hasOwn(bits, words) ? bits[words] : undefined;
  if (found === undefined) throw new UsageError(`Unknown data source '${words}'`);
  return found;
}

const shown = (value: unknown): string => (typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value));

/** What a guest says of itself, and where its screen is. */
export const agentCommands: readonly Command[] = [
  {
    name: 'guestinfo',
    group: 'Domain Management',
    summary: 'query information about the guest (via agent)',
    options: [domainOption, ...kinds.options],
    run: async (context, values) => {
      const { handle } = await context.domain(values.text('domain'));
      const { remote } = await context.connection();
      const { params } = await remote.domainGetGuestInfo({ dom: handle, types: kinds.bits(values), flags: 0 });
      const text = params.map(({ field, value }) => `${field.padEnd(20)}: ${shown(value)}\n`).join('');
      return plain(text, Object.fromEntries(params.map(({ field, value }) => [field, value])));
    },
  },
  {
    name: 'domhostname',
    group: 'Domain Monitoring',
    summary: "print the domain's hostname",
    options: [domainOption, text('source', "address source: 'lease' or 'agent'", { named: true })],
    run: async (context, values) => {
      const flags = nameSource(values.optional('source'));
      const { handle } = await context.domain(values.text('domain'));
      const { remote } = await context.connection();
      const { hostname } = await attempt('failed to get hostname', () =>
        remote.domainGetHostname({ dom: handle, flags }),
      );
      return plain(`${hostname}\n`, hostname);
    },
  },
  {
    name: 'vncdisplay',
    group: 'Domain Management',
    summary: 'vnc display',
    options: [domainOption],
    run: async (context, values) => {
      const domain = await context.domain(values.text('domain'));
      if (domain.id === undefined) throw new CommandError('Domain is not running');
      const vnc = devices(await domain.xml(), 'graphics').find((each) => attributeOf(each, 'type') === 'vnc');
      const port = vnc === undefined ? Number.NaN : Number(attributeOf(vnc, 'port'));
      if (vnc === undefined || !(port >= 5900))
        throw new CommandError('Failed to get VNC port. Is this domain using VNC?');
      const listen = attributeOf(vnc, 'listen') ?? attribute(vnc, 'listen', 'address') ?? '';
      const display = `${['0.0.0.0', '::'].includes(listen) ? '' : listen}:${port - 5900}`;
      return plain(`${display}\n`, display);
    },
  },
];
