import { attempt } from '../attempt.js';
import { type Command, domainOption, flag } from '../command.js';
import { attribute, attributeOf, devices } from '../document.js';
import { plain } from '../output.js';
import { CommandError } from '../usage-error.js';

/** What the agent is asked for, and the bits of the call. @libvirt virDomainGuestInfoTypes */
const kinds: readonly (readonly [name: string, bit: number, summary: string])[] = [
  ['user', 1, 'report active users'],
  ['os', 2, 'report operating system information'],
  ['timezone', 4, 'report timezone information'],
  ['hostname', 8, 'report hostname'],
  ['filesystem', 16, 'report filesystem information'],
  ['disk', 32, 'report disk information'],
  ['interface', 64, 'report interface information'],
  ['load', 128, 'report load averages'],
];

const shown = (value: unknown): string => (typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value));

/** What a guest says of itself, and where its screen is. */
export const agentCommands: readonly Command[] = [
  {
    name: 'guestinfo',
    group: 'Domain Management',
    summary: 'query information about the guest (via agent)',
    options: [domainOption, ...kinds.map(([name, , summary]) => flag(name, summary))],
    run: async (context, values) => {
      const { handle } = await context.domain(values.text('domain'));
      const types = kinds.reduce((bits, [name, bit]) => bits | (values.flag(name) ? bit : 0), 0);
      const { params } = await (await context.connection()).remote.domainGetGuestInfo({ dom: handle, types, flags: 0 });
      const text = params.map(({ field, value }) => `${field.padEnd(20)}: ${shown(value)}\n`).join('');
      return plain(text, Object.fromEntries(params.map(({ field, value }) => [field, value])));
    },
  },
  {
    name: 'domhostname',
    group: 'Domain Monitoring',
    summary: "print the domain's hostname",
    options: [domainOption],
    run: async (context, values) => {
      const { handle } = await context.domain(values.text('domain'));
      const { remote } = await context.connection();
      const { hostname } = await attempt('failed to get hostname', () =>
        remote.domainGetHostname({ dom: handle, flags: 0 }),
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
