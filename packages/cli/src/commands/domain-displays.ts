import { chosenDomain } from '../chosen-domain.js';
import { type Command, domainOption, flag, text } from '../command.js';
import { attribute, attributeOf, childOf, devices, type XmlNode } from '../document.js';
import { bare, plain } from '../output.js';
import { CommandError } from '../usage-error.js';

const FIRST_VNC_PORT = 5900;
/** Kinds of displays a URI leads to, in the order virsh looks for them. */
const schemes = ['vnc', 'spice', 'rdp', 'dbus'] as const;

/** A display that listens everywhere is reached on this host. */
const hostOf = (graphics: XmlNode): string => {
  const listen = attribute(graphics, 'listen', 'address') ?? attributeOf(graphics, 'listen') ?? '';
  if (['', '0.0.0.0', '::'].includes(listen)) return 'localhost';
  return listen.includes(':') ? `[${listen}]` : listen;
};

const socketOf = (graphics: XmlNode): string | undefined => {
  const listen = childOf(graphics, 'listen');
  return listen === undefined || attributeOf(listen, 'type') !== 'socket' ? undefined : attributeOf(listen, 'socket');
};

/** Where a display is; undefined where it has no address. */
function uriOf(graphics: XmlNode, scheme: string, password: string | undefined): string | undefined {
  const socket = socketOf(graphics);
  if (scheme === 'vnc' && socket !== undefined) return `vnc+unix://${socket}`;
  if (scheme === 'spice' && socket !== undefined) return `spice+unix://${socket}`;
  if (scheme === 'dbus') return attributeOf(graphics, 'address');
  const [port, tlsPort] = ['port', 'tlsPort'].map((name) => Number(attributeOf(graphics, name) ?? 0));
  if (!(Number(port) > 0) && !(Number(tlsPort) > 0)) return undefined;
  const user = password === undefined || scheme === 'spice' ? '' : `:${password}@`;
  const number = scheme === 'vnc' ? Number(port) - FIRST_VNC_PORT : Number(port);
  const place = Number(port) > 0 ? `:${number}` : '';
  const query = [
    ...(Number(tlsPort) > 0 ? [`tls-port=${tlsPort}`] : []),
    ...(password !== undefined && scheme === 'spice' ? [`password=${password}`] : []),
  ];
  return `${scheme}://${user}${hostOf(graphics)}${place}${query.length > 0 ? `?${query.join('&')}` : ''}`;
}

/** Where a guest's screen is. */
export const domainDisplays: readonly Command[] = [
  {
    name: 'domdisplay',
    group: 'Domain Management',
    summary: 'domain display connection URI',
    options: [
      domainOption,
      flag('include-password', 'includes the password into the connection URI if available'),
      text('type', 'select particular graphical display (e.g. "vnc", "spice", "rdp", "dbus")', { words: schemes }),
      flag('all', 'show all possible graphical displays'),
    ],
    run: async (context, values) => {
      const { domain } = await chosenDomain(context, values);
      if (domain.id === undefined) throw new CommandError('Domain is not running');
      const wanted = values.optional('type');
      const secure = values.flag('include-password');
      const displays = devices(await domain.xml({ secure }), 'graphics');
      const uris = schemes
        .filter((scheme) => wanted === undefined || scheme === wanted)
        .flatMap((scheme) => {
          const found = displays.find((each) => attributeOf(each, 'type') === scheme);
          const uri = found && uriOf(found, scheme, secure ? attributeOf(found, 'passwd') : undefined);
          return uri === undefined ? [] : [uri];
        });
      if (uris.length === 0)
        throw new CommandError(
          wanted === undefined ? 'No graphical display found' : `No graphical display with type '${wanted}' found`,
        );
      if (values.flag('all')) return plain(uris.map((uri) => `${uri}\n`).join(''), uris);
      return bare(uris[0] ?? '', uris[0]);
    },
  },
];
