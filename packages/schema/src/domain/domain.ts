import {
  attr,
  childOf,
  childrenOf,
  element,
  type FieldsOf,
  inPieces,
  int,
  list,
  namespaces,
  oneOf,
  only,
  optAttr,
  optChild,
  optList,
  optText,
  place,
  raw,
  type ReadContext,
  type Row,
  type Scalar,
  sliceable,
  special,
  type Target,
  text,
  textChild,
  textOf,
  uint,
  uuid,
  virtual,
  wrapped,
  type XmlNode,
} from '@virtkit/xml';
import { errorsFrom } from '../errors/virt-error.js';
import { missing, refuse } from '../values/failures.js';
import { size } from '../values/size-rows.js';
import { clock } from './clock.js';
import { cpu } from './cpu.js';
import { devices, noDevices } from './devices/devices.js';
import { throttleGroup } from './devices/disk.js';
import { features } from './features.js';
import { idmap } from './idmap.js';
import { blkiotune, maxMemory, memory, memoryBacking, memtune, numatune } from './memory.js';
import { checkFirst } from '../values/check-first.js';
import { os, osType } from './os.js';
import { crashActions, lifecycleActions, lockfailureActions, perfEvent, pm, resource } from './power.js';
import { keywrapCipher, launchSecurity, refuseRepeatedModels, seclabel } from './security.js';
import { sysinfo } from './sysinfo.js';
import { cputune, defaultIothread, type Iothread, iothread, vcpu, vcpuEntry } from './vcpu.js';
import { firstRepeated } from '../values/repeated.js';

const domainError = errorsFrom('DOMAIN');

/** Kinds of virtualization, `<domain type=…>`. */
export const virtTypes = oneOf(
  'none',
  'qemu',
  'kqemu',
  'kvm',
  'xen',
  'lxc',
  'uml',
  'openvz',
  'test',
  'vmware',
  'hyperv',
  'vbox',
  'phyp',
  'parallels',
  'bhyve',
  'vz',
  'hvf',
);

/** `<genid/>` asks for a new one: an empty string until completion makes it. */
const genid: Row<string, true> = special<string>((key) => ({
  read(node, target) {
    const [child, second] = childrenOf(node, key);
    if (second !== undefined) throw domainError('XML_ERROR', "element 'genid' can only appear once");
    if (child === undefined) return;
    const written = textOf(child);
    const value = written === '' ? '' : uuid.parse(written);
    if (value === undefined)
      throw refuse('INTERNAL_ERROR', 'malformed genid element').invalid?.(written, child, { text: '' });
    target[key] = value;
  },
  body: (source, indent) => (source[key] === undefined ? '' : `${indent}<genid>${source[key] as string}</genid>\n`),
  known: () => ({ children: [[key, undefined]] }),
}));

/** Listed only where the document says more than their number. */
const listedIothreads = wrapped('iothreadids', iothread);
const iothreadids: Row<Iothread[], true> = special<Iothread[]>((key) => {
  const bound = listedIothreads.bind(key);
  return {
    ...bound,
    body: (source, indent, context) =>
      ((source[key] ?? []) as readonly Iothread[]).every(({ implicit }) => implicit === true)
        ? ''
        : (bound.body?.(source, indent, context) ?? ''),
  };
});

/** One line. */
const title: Scalar<string> = {
  parse(value) {
    if (value.includes('\n')) throw domainError('XML_ERROR', "Domain title can't contain newlines");
    return text.parse(value);
  },
  format: (value) => value,
};

/** Namespaces of hypervisors whose elements the published schema has. */
const hypervisorNamespaces = ['qemu', 'lxc', 'bhyve', 'xen', 'vmware'].map(
  (name) => `http://libvirt.org/schemas/domain/${name}/1.0`,
);
const driverNamespaces = namespaces('namespaces', hypervisorNamespaces);
/** A word of another event is refused in words of its own. */
const actions = (event: string) => ({
  emptyIsAbsent: true,
  invalid: (value: string) =>
    crashActions.parse(value) === undefined
      ? domainError('CONFIG_UNSUPPORTED', `unknown on_${event} action: ${value}`)
      : domainError('CONFIG_UNSUPPORTED', `Lifecycle event '${event}' doesn't support '${value}' action`),
});

/** Devices of several lists are read as one list. */
const joined = <T>(inner: Row<T, true>): Row<T, true> =>
  special<T>((key) => {
    const { read = () => undefined, ...rest } = inner.bind(key);
    return {
      ...rest,
      read: sliceable(
        (node: XmlNode, target: Target, context: ReadContext) => read(withOne(node, key), target, context),
        (node, target, context) => inPieces(read, withOne(node, key), target, context),
      ),
    };
  });

/** The element with all children of one name as a single one. */
function withOne(node: XmlNode, name: string): XmlNode {
  const [first, ...others] = childrenOf(node, name);
  if (first === undefined || others.length === 0) return node;
  const all = [first, ...others].flatMap(({ children }) => children);
  return { ...node, children: [{ ...first, children: all }] };
}

/** Labels are judged before the devices' own. */
const checkLabels = virtual({
  read(node, _target, context) {
    const found = childrenOf(node, 'seclabel').map((child) => seclabel.read(child, context));
    refuseRepeatedModels(found);
    if (found.length > 1 && found.some(({ model }) => model === undefined)) {
      throw domainError('XML_ERROR', 'missing security model when using multiple labels');
    }
  },
});

/** Everything behind depends on the kind of guest. */
const checkOsType = virtual({
  read(node, _target, context) {
    const type = childrenOf(node, 'os')
      .map((child) => childOf(child, 'type'))
      .find((found) => found !== undefined);
    const name = type === undefined ? '' : osType.read(type, context).name;
    if (name === '' && childOf(node, 'bootloader') === undefined)
      throw domainError('XML_ERROR', 'an os <type> must be specified');
  },
});

const name = textChild(text, { emptyIsAbsent: true, ...missing('NO_NAME') });
const ownUuid = optText(uuid, { emptyIsAbsent: true, ...refuse('INTERNAL_ERROR', 'malformed uuid element') });

const identityRows = { name, uuid: ownUuid };
export interface DomainIdentity extends FieldsOf<typeof identityRows> {}
/** What a guest is known by, which is read before anything else of its document. @libvirt virDomainDefIDsParseString */
export const domainIdentity = element<DomainIdentity>('domain', identityRows);

const domainRows = {
  $name: checkFirst('name', name),
  $uuid: checkFirst('uuid', ownUuid),
  $genid: checkFirst('genid', genid),
  type: attr(virtTypes, {
    invalid: (value) =>
      value === ''
        ? domainError('INTERNAL_ERROR', 'missing domain type attribute')
        : domainError('CONFIG_UNSUPPORTED', `invalid domain type ${value}`),
    ...missing('INTERNAL_ERROR', 'missing domain type attribute'),
  }),
  $osType: checkOsType,
  $labels: checkLabels,
  id: only('live', optAttr(int({ min: 0 }), refuse('XML_ERROR', 'malformed domain id attribute'))),
  namespaces: driverNamespaces.values,
  name,
  uuid: ownUuid,
  genid,
  title: optText(title, { emptyIsAbsent: true }),
  description: optText(text, { emptyIsAbsent: true }),
  metadata: raw(),
  maxMemory: optChild(maxMemory),
  memory: optChild(memory),
  currentMemory: size({ path: './currentMemory[1]' }),
  blkiotune: optChild(blkiotune),
  memtune: optChild(memtune),
  memoryBacking: optChild(memoryBacking),
  vcpu: optChild(vcpu),
  vcpus: wrapped('vcpus', vcpuEntry),
  iothreads: optText(uint(), refuse('XML_ERROR', "invalid iothreads count '$'")),
  iothreadids,
  defaultiothread: optChild(defaultIothread),
  throttlegroups: wrapped('throttlegroups', throttleGroup),
  cputune: optChild(cputune),
  numatune: optChild(numatune),
  resource: optChild(resource),
  sysinfos: list(sysinfo),
  bootloader: optText(text),
  bootloaderArgs: optText(text, { as: 'bootloader_args' }),
  os: joined(optChild(os)),
  idmap: optChild(idmap),
  features: optChild(features),
  cpu: optChild(cpu),
  clock: optChild(clock),
  onPoweroff: optText(lifecycleActions, { as: 'on_poweroff', ...actions('poweroff') }),
  onReboot: optText(lifecycleActions, { as: 'on_reboot', ...actions('reboot') }),
  onCrash: optText(crashActions, { as: 'on_crash', ...actions('crash') }),
  onLockfailure: optText(lockfailureActions, { as: 'on_lockfailure', ...actions('lockfailure') }),
  pm: optChild(pm),
  perf: wrapped('perf', perfEvent),
  devices: joined(optChild(devices)),
  seclabels: optList(seclabel),
  $namespaces: driverNamespaces.body,
  keywrap: wrapped('keywrap', keywrapCipher),
  launchSecurity: optChild(launchSecurity),
  status: place('domain'),
};

type Required = 'memory' | 'vcpu' | 'os' | 'clock' | 'devices' | 'onPoweroff' | 'onReboot' | 'onCrash';
/**
 * A domain's definition. `memory`, `vcpu`, `os`, `clock` and the actions are always there: absent elements mean their defaults.
 * All memory sizes are KiB.
 * @libvirt virDomainDef
 */
export interface Domain extends Omit<FieldsOf<typeof domainRows>, Required> {
  memory: NonNullable<FieldsOf<typeof domainRows>['memory']>;
  vcpu: NonNullable<FieldsOf<typeof domainRows>['vcpu']>;
  os: NonNullable<FieldsOf<typeof domainRows>['os']>;
  clock: NonNullable<FieldsOf<typeof domainRows>['clock']>;
  devices: NonNullable<FieldsOf<typeof domainRows>['devices']>;
  onPoweroff: NonNullable<FieldsOf<typeof domainRows>['onPoweroff']>;
  onReboot: NonNullable<FieldsOf<typeof domainRows>['onReboot']>;
  onCrash: NonNullable<FieldsOf<typeof domainRows>['onCrash']>;
}

function checkRoot({ sysinfos, perf, keywrap, uuid: own }: Domain, node: XmlNode): void {
  if (childrenOf(node, 'resource').length > 1) throw domainError('XML_ERROR', 'only one resource element is supported');
  const events = (perf ?? []).map(({ name }) => name);
  const event = firstRepeated(events);
  if (event !== undefined) throw domainError('XML_ERROR', `perf event '${event}' was already specified`);
  const ciphers = (keywrap ?? []).map(({ name }) => name);
  const cipher = firstRepeated(ciphers);
  if (cipher !== undefined) {
    throw domainError(
      'INTERNAL_ERROR',
      `A domain definition can have no more than one cipher node with name ${cipher}`,
    );
  }
  for (const info of sysinfos) {
    const other = info.type === 'smbios' && info.system?.uuid !== undefined ? uuid.parse(info.system.uuid) : undefined;
    if (own !== undefined && other !== undefined && own !== other) {
      throw domainError('XML_DETAIL', 'UUID mismatch between <uuid> and <sysinfo>');
    }
  }
}

export const domain = element<Domain>('domain', domainRows, {
  refine: (value, node) => {
    checkRoot(value, node);
    value.memory ??= {};
    value.vcpu ??= { count: 1 };
    value.os ??= { type: { name: '' }, boots: [] };
    value.clock ??= { offset: 'utc', timers: [] };
    value.devices ??= noDevices();
    value.onPoweroff ??= 'destroy';
    value.onReboot ??= 'restart';
    value.onCrash ??= 'destroy';
  },
});
