import {
  attr,
  attributeOf,
  child,
  element,
  type FieldsOf,
  legacy,
  oneOf,
  only,
  optAttr,
  optChild,
  text,
  type Scalar,
  uint,
  union,
  type VariantsOf,
  virtual,
  within,
  type XmlNode,
} from '@virtkit/xml';
import { missing, refuse, unsupported } from '../../values/failures.js';
import { bootableDeviceInfo, deviceInfo } from '../device-info.js';
import { type CharSource, charSource } from './char-source.js';

/** `<acpi>` of a serial device names its node. */
const modelNames = oneOf(
  'isa-serial',
  'usb-serial',
  'pci-serial',
  'spapr-vty',
  'pl011',
  'sclpconsole',
  'sclplmconsole',
  '16550a',
  'isa-debugcon',
);
const AUTOMATIC = -1;
const ports = uint();
const port: Scalar<number> = {
  ...ports,
  parse: (value) => (/^\s*-1$/.test(value) ? AUTOMATIC : ports.parse(value)),
};
/** The number of a device among its kind; -1 leaves it to us, as if it were not there. */
const portRow = optAttr(port, { ...refuse('XML_ERROR', 'Invalid port number: $'), omit: AUTOMATIC });

const serialTargetRows = {
  type: optAttr(
    oneOf('isa-serial', 'usb-serial', 'pci-serial', 'spapr-vio-serial', 'system-serial', 'sclp-serial', 'isa-debug'),
    unsupported("unknown target type '$' specified for character device"),
  ),
  port: portRow,
  ...within('model', {
    model: optAttr(modelNames, {
      as: 'name',
      ...unsupported("unknown target model '$' specified for character device"),
    }),
  }),
};
export interface SerialTarget extends FieldsOf<typeof serialTargetRows> {}
const serialSource = charSource({ default: 'pty' });
const serialRows = {
  source: serialSource.tag,
  $source: serialSource.body,
  target: optChild(element<SerialTarget>('target', serialTargetRows)),
  ...deviceInfo,
};
/** `<serial>` */
export interface Serial extends FieldsOf<typeof serialRows> {}
export const serial = element<Serial>('serial', serialRows);

const portTargetRows = {
  type: legacy(optAttr(text)),
  port: portRow,
};
export interface ParallelTarget extends FieldsOf<typeof portTargetRows> {}
const parallelRows = {
  source: serialSource.tag,
  $source: serialSource.body,
  target: optChild(element<ParallelTarget>('target', portTargetRows)),
  ...deviceInfo,
};
/** `<parallel>` */
export interface Parallel extends FieldsOf<typeof parallelRows> {}
export const parallel = element<Parallel>('parallel', parallelRows);

const consoleTargetRows = {
  type: attr(oneOf('serial', 'xen', 'uml', 'virtio', 'lxc', 'openvz', 'sclp', 'sclplm'), {
    default: 'serial',
    ...unsupported("unknown target type '$' specified for character device"),
  }),
  port: portRow,
};
export interface ConsoleTarget extends FieldsOf<typeof consoleTargetRows> {}
const consoleRows = {
  source: serialSource.tag,
  /** The path of a pty again, for old readers. */
  $tty: only(
    'live',
    virtual({
      attributes: (device) => {
        const { type, ...rest } = (device as { source: CharSource }).source;
        return type === 'pty' && 'path' in rest && rest.path !== undefined ? ` tty='${rest.path}'` : '';
      },
      known: () => ({ attributes: ['tty'] }),
    }),
  ),
  $source: serialSource.body,
  target: optChild(element<ConsoleTarget>('target', consoleTargetRows)),
  ...deviceInfo,
};
/** `<console>`; an old document gives a pty's path as the attribute `tty`. */
export interface Console extends FieldsOf<typeof consoleRows> {}
const readTty = (value: Console, node: XmlNode, live: boolean): void => {
  const tty = attributeOf(node, 'tty');
  if (live && value.source.type === 'pty' && value.source.path === undefined && tty !== undefined)
    value.source.path = tty;
};
export const console = element<Console>('console', consoleRows, {
  refine: (value, node, { live }) => readTty(value, node, live === true),
});

const channelTargets = {
  virtio: { name: optAttr(text), state: only('live', optAttr(oneOf('connected', 'disconnected'))) },
  guestfwd: {
    address: attr(text, missing('XML_ERROR', 'guestfwd channel does not define a target address')),
    port: attr(uint()),
  },
  xen: { name: optAttr(text) },
};
/** Where a channel ends in the guest. */
export type ChannelTarget = VariantsOf<'type', typeof channelTargets>;
const channelTarget = union<ChannelTarget>('target', 'type', channelTargets, {
  ...unsupported("unknown target type '$' specified for character device"),
  ...missing('CONFIG_UNSUPPORTED', "unknown target type '(null)' specified for character device"),
});
const channelRows = {
  source: serialSource.tag,
  $source: serialSource.body,
  target: child(channelTarget, missing('XML_ERROR', 'target type must be specified for channel device')),
  ...deviceInfo,
};
/** `<channel>` */
export interface Channel extends FieldsOf<typeof channelRows> {}
export const channel = element<Channel>('channel', channelRows);

const redirSource = charSource({
  ...unsupported("unknown redirdev character device type '$'"),
  ...missing('INTERNAL_ERROR', 'missing type in redirdev'),
});
const redirdevRows = {
  bus: attr(oneOf('usb'), { default: 'usb', ...unsupported("unknown redirdev bus '$'") }),
  source: redirSource.tag,
  $source: redirSource.body,
  ...bootableDeviceInfo,
};
/** `<redirdev>` */
export interface Redirdev extends FieldsOf<typeof redirdevRows> {}
export const redirdev = element<Redirdev>('redirdev', redirdevRows);
