import {
  attr,
  attributeOf,
  type BoundRow,
  childrenOf,
  element,
  escapeText,
  type Failures,
  type FieldsOf,
  type HiddenRow,
  type Lifted,
  lifted,
  oneOf,
  only,
  onOff,
  optAttr,
  optChild,
  place,
  positionOf,
  type ReadContext,
  type Row,
  type Rows,
  special,
  text,
  uint,
  valueError,
  type VariantsOf,
  violated,
  virtual,
  within,
  type XmlNode,
  yesNo,
} from '@virtkit/xml';
import { errorsFrom } from '../../errors/virt-error.js';
import { unsupported } from '../../values/failures.js';
import { deviceSeclabels } from '../security.js';
import { absolutePath } from '../../values/paths.js';

const domainError = errorsFrom('DOMAIN');

const logRows = { file: optAttr(absolutePath), append: optAttr(onOff) };
/** Where a copy of all output goes. */
export interface CharLog extends FieldsOf<typeof logRows> {}
const log = optChild(element<CharLog>('log', logRows, { omitEmpty: true }));

const reconnectRows = { enabled: attr(yesNo), timeout: optAttr(uint()) };
/** A connection that is made again needs to know when. */
const needsTimeout = (value: CharReconnect, node: XmlNode, context: ReadContext): void => {
  if (!value.enabled || value.timeout !== undefined) return;
  throw valueError("Missing required attribute 'timeout' in element 'reconnect'", positionOf(node, context));
};
/** What happens when a client connection ends, `timeout` in seconds. */
export interface CharReconnect extends FieldsOf<typeof reconnectRows> {}
const reconnect = optChild(element<CharReconnect>('reconnect', reconnectRows, { refine: needsTimeout }));

const seclabels = deviceSeclabels;
const path = optAttr(text, { emptyIsAbsent: true });
const status = place('chardev');
const fileRows = { ...within('source', { path, append: optAttr(onOff), seclabels }), log, status };
const pathRows = { ...within('source', { path, seclabels }), log, status };

/** The two ends of a UDP device are two `<source>` elements, told apart by `mode`. */
function udpEnd(mode: 'bind' | 'connect', part: 'host' | 'service'): Row<string, true> {
  return special<string>((key) => ({
    read(node, target) {
      const value = attributeOf(endOf(node, mode) ?? node, part);
      if (value !== undefined && value !== '' && endOf(node, mode) !== undefined) target[key] = value;
    },
    known: () => ({ children: [['source', undefined]] }),
  }));
}
const endOf = (node: XmlNode, mode: string): XmlNode | undefined =>
  childrenOf(node, 'source').find((child) => (attributeOf(child, 'mode') ?? 'connect') === mode);

const udpWriter: BoundRow = {
  body(source, indent) {
    const ends = [
      ['bind', source['bindHost'], source['bindService']],
      ['connect', source['connectHost'], source['connectService']],
    ] as const;
    return ends
      .filter(([, host, service]) => host !== undefined || service !== undefined)
      .map(
        ([mode, host, service]) =>
          `${indent}<source mode='${mode}'${named('host', host)}${named('service', service)}/>\n`,
      )
      .join('');
  },
};
const named = (name: string, value: unknown): string =>
  value === undefined ? '' : ` ${name}='${escapeText(String(value))}'`;

const mode = attr(oneOf('connect', 'bind'), { default: 'connect' });
/** Without a `<source>` the mode is still known. */
const socketMode = special<'connect' | 'bind'>((key) => ({ ...mode.bind(key) })) as unknown as Row<
  'connect' | 'bind',
  false
>;

/** An element the schema allows and nobody reads. */
const passedOver = (name: string): HiddenRow => virtual({ known: () => ({ children: [[name, undefined]] }) });

const kinds = {
  null: { log, status },
  vc: { log, status },
  pty: { ...within('source', { path: only('live', path), seclabels }), log, status },
  dev: pathRows,
  file: fileRows,
  pipe: pathRows,
  stdio: { log, status },
  udp: {
    bindHost: udpEnd('bind', 'host'),
    bindService: udpEnd('bind', 'service'),
    connectHost: udpEnd('connect', 'host'),
    connectService: udpEnd('connect', 'service'),
    $ends: virtual(udpWriter),
    log,
    status,
  },
  tcp: {
    ...within('source', {
      mode: socketMode,
      host: optAttr(text),
      service: optAttr(text),
      tls: optAttr(yesNo),
      tlsFromConfig: only('status', optAttr(yesNo)),
      reconnect,
    }),
    ...within(
      'protocol',
      { protocol: attr(oneOf('raw', 'telnet', 'telnets', 'tls'), { as: 'type', default: 'raw' }) },
      { always: true },
    ),
    log,
    status,
  },
  unix: {
    ...within(
      'source',
      { mode: socketMode, path, seclabels, reconnect },
      { when: (source) => source['path'] !== undefined },
    ),
    $protocol: passedOver('protocol'),
    log,
    status,
  },
  spicevmc: { log, status },
  spiceport: { ...within('source', { channel: optAttr(text) }), log, status },
  nmdm: { ...within('source', { master: optAttr(text), slave: optAttr(text) }), log, status },
  'qemu-vdagent': {
    ...within('source', {
      ...within('clipboard', { copypaste: optAttr(yesNo) }),
      ...within('mouse', { mouseMode: optAttr(oneOf('server', 'client'), { as: 'mode' }) }),
    }),
    log,
    status,
  },
  dbus: { ...within('source', { channel: optAttr(text) }), log, status },
} satisfies Readonly<Record<string, Rows>>;

/** The host's side of a character device, by its type. */
export type CharSource = VariantsOf<'type', typeof kinds>;
export type CharSourceType = CharSource['type'];
export type CharSourceOf<T extends CharSourceType> = Extract<CharSource, { type: T }>;

const typed = ['serial', 'parallel', 'channel'];

/** Completes what absent elements mean. */
function refine(value: CharSource, node: XmlNode, context: ReadContext): void {
  if (typed.includes(node.name) && attributeOf(node, 'type') === undefined) violated(node, context);
  if (value.type === 'tcp') value.protocol ??= 'raw';
  if (value.type === 'tcp' || value.type === 'unix') value.mode ??= 'connect';
  const count = childrenOf(node, 'source').length;
  if (value.type === 'udp' && count > 2)
    throw domainError('XML_ERROR', 'only two source elements are allowed for character device');
  if (value.type !== 'udp' && count > 1)
    throw domainError('XML_ERROR', 'only one source element is allowed for character device');
}

/** The attribute `type` of a device and the elements that describe its host side; some devices have errors of their own. */
export const charSource = (failures: Failures & { readonly default?: CharSourceType } = {}): Lifted<CharSource> =>
  lifted<CharSource>('source', 'type', kinds, {
    ...unsupported('unknown type presented to host for character device: $'),
    ...failures,
    refine,
  });
