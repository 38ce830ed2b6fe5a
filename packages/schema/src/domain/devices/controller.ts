import {
  attr,
  attributeOf,
  childrenOf,
  element,
  type FieldsOf,
  hex,
  int,
  list,
  oneOf,
  onOff,
  optAttr,
  optChild,
  optText,
  type Row,
  special,
  text,
  uint,
  violated,
  within,
  wrapped,
  type XmlNode,
} from '@virtkit/xml';
import { errorsFrom } from '../../errors/virt-error.js';
import { refuse, unsupported } from '../../values/failures.js';
import { size } from '../../values/size-rows.js';
import { deviceInfo, virtioOptions } from '../device-info.js';

const domainError = errorsFrom('DOMAIN');

/** Models by type of controller. */
const controllerModels = {
  ide: ['piix3', 'piix4', 'ich6'],
  fdc: [],
  scsi: [
    'auto',
    'buslogic',
    'lsilogic',
    'lsisas1068',
    'vmpvscsi',
    'ibmvscsi',
    'virtio-scsi',
    'lsisas1078',
    'virtio-transitional',
    'virtio-non-transitional',
    'ncr53c90',
    'dc390',
    'am53c974',
  ],
  sata: [],
  'virtio-serial': ['virtio', 'virtio-transitional', 'virtio-non-transitional'],
  ccid: [],
  usb: [
    'piix3-uhci',
    'piix4-uhci',
    'ehci',
    'ich9-ehci1',
    'ich9-uhci1',
    'ich9-uhci2',
    'ich9-uhci3',
    'vt82c686b-uhci',
    'pci-ohci',
    'nec-xhci',
    'qusb1',
    'qusb2',
    'qemu-xhci',
    'none',
  ],
  pci: [
    'pci-root',
    'pcie-root',
    'pci-bridge',
    'dmi-to-pci-bridge',
    'pcie-root-port',
    'pcie-switch-upstream-port',
    'pcie-switch-downstream-port',
    'pci-expander-bus',
    'pcie-expander-bus',
    'pcie-to-pci-bridge',
  ],
  xenbus: [],
  isa: [],
} as const;
export type ControllerType = keyof typeof controllerModels;
export type ControllerModel = (typeof controllerModels)[ControllerType][number];
export type PciControllerModel = (typeof controllerModels)['pci'][number];

const types = Object.keys(controllerModels) as ControllerType[];
const models = [...new Set(Object.values(controllerModels).flat())] as ControllerModel[];

const iothreadQueueRows = { id: attr(uint()) };
export interface ControllerIothreadQueue extends FieldsOf<typeof iothreadQueueRows> {}
const controllerIothreadRows = {
  id: attr(uint({ min: 1 })),
  queues: list(element<ControllerIothreadQueue>('queue', iothreadQueueRows)),
};
export interface ControllerIothread extends FieldsOf<typeof controllerIothreadRows> {}
const driverRows = {
  queues: optAttr(uint(), { omit: 0 }),
  cmdPerLun: optAttr(uint(), { as: 'cmd_per_lun', omit: 0 }),
  maxSectors: optAttr(uint(), { as: 'max_sectors', omit: 0 }),
  ioeventfd: optAttr(onOff),
  iothread: optAttr(uint(), { omit: 0 }),
  ...virtioOptions,
  iothreads: wrapped('iothreads', element<ControllerIothread>('iothread', controllerIothreadRows)),
};
/** `<driver>` of a controller. */
export interface ControllerDriver extends FieldsOf<typeof driverRows> {}

const small = int({ min: 0 });
const targetRows = {
  chassisNr: optAttr(small),
  chassis: optAttr(small),
  port: optAttr({
    ...hex(1, { max: 0x7fff_ffff }),
    explain: (value: string) =>
      `'${value}'. Expected ${value.startsWith('-') ? 'non-negative value' : 'integer value'}`,
  }),
  busNr: optAttr(small),
  index: optAttr(int({ min: 0 })),
  hotplug: optAttr(onOff),
  memReserve: optAttr(uint()),
  node: optText(int({ min: 0 }), refuse('XML_ERROR', 'invalid NUMA node in target')),
};
/** What a PCI controller is on its own bus; `port` is written in hexadecimal. */
export interface ControllerTarget extends FieldsOf<typeof targetRows> {}
function checkTarget({ chassisNr, chassis, port, busNr }: ControllerTarget): void {
  if (chassisNr !== undefined && (chassisNr < 1 || chassisNr > 255)) {
    throw domainError('XML_ERROR', `PCI controller chassisNr '${chassisNr}' out of range - must be 1-255`);
  }
  if (chassis !== undefined && (chassis < 0 || chassis > 255)) {
    throw domainError('XML_ERROR', `PCI controller chassis '${chassis}' out of range - must be 0-255`);
  }
  if (port !== undefined && port > 255) {
    throw domainError('XML_ERROR', `PCI controller port '${port}' out of range - must be 0-255`);
  }
  if (busNr !== undefined && (busNr < 1 || busNr > 254)) {
    throw domainError('XML_ERROR', `PCI controller busNr '${busNr}' out of range - must be 1-254`);
  }
}

/** An attribute that controllers of one type have; of others it isn't even read. */
const ofType = <T>(type: ControllerType, inner: Row<T, true>): Row<T, true> =>
  special<T>((key) => {
    const bound = inner.bind(key);
    return {
      ...bound,
      read(node, target, context) {
        if (attributeOf(node, 'type') === type) bound.read?.(node, target, context);
      },
    };
  });

const controllerRows = {
  type: attr(oneOf(...types), { default: 'ide' }),
  index: optAttr(int({ min: 0 })),
  model: optAttr(oneOf(...models), { omit: 'auto', ...unsupported("Unknown model type '$'") }),
  ports: optAttr(int({ min: 0 })),
  vectors: ofType('virtio-serial', optAttr(int({ min: 0 }))),
  maxGrantFrames: ofType('xenbus', optAttr(int({ min: 0 }))),
  maxEventChannels: ofType('xenbus', optAttr(int({ min: 0 }))),
  ...within('model', {
    modelName: optAttr(
      oneOf(
        'pci-bridge',
        'i82801b11-bridge',
        'ioh3420',
        'x3130-upstream',
        'xio3130-downstream',
        'pxb',
        'pxb-pcie',
        'pcie-root-port',
        'spapr-pci-host-bridge',
        'pcie-pci-bridge',
        'none',
      ),
      { as: 'name', omit: 'none' },
    ),
  }),
  target: optChild(element<ControllerTarget>('target', targetRows, { omitEmpty: true, refine: checkTarget })),
  serial: optText(text),
  driver: optChild(element<ControllerDriver>('driver', driverRows, { omitEmpty: true })),
  ...deviceInfo,
  pcihole64: size(),
};
/** `<controller>`; completion numbers those without `index` and chooses absent models. `pcihole64` in KiB. */
export interface Controller extends FieldsOf<typeof controllerRows> {}
/** Parts a controller has one of. */
function refuseTwice(node: XmlNode): void {
  const twice = ['model', 'target'].find((name) => childrenOf(node, name).length > 1);
  if (twice !== undefined)
    throw domainError('XML_ERROR', `Multiple <${twice}> elements in controller definition not allowed`);
}

/** Parts of ICH9's USB controller have their ports behind those of others. */
const companionPorts: Readonly<Record<string, number | undefined>> = {
  'ich9-uhci1': 0,
  'ich9-uhci2': 2,
  'ich9-uhci3': 4,
};

export const controller = element<Controller>('controller', controllerRows, {
  refine: (controller, node, context) => {
    const { type, model, driver } = controller;
    if (attributeOf(node, 'type') === undefined) violated(node, context);
    refuseTwice(node);
    if (type !== 'pci') delete controller.modelName;
    const startport = type === 'usb' ? companionPorts[model ?? ''] : undefined;
    if (startport !== undefined) controller.master ??= { startport };
    if (driver?.iothread !== undefined && !(type === 'scsi' && (model === undefined || model.startsWith('virtio')))) {
      throw domainError('XML_ERROR', "'iothread' attribute only supported for virtio scsi controllers");
    }
    const known: readonly string[] = controllerModels[type];
    if (model !== undefined && !known.includes(model))
      throw domainError('CONFIG_UNSUPPORTED', `Unknown model type '${model}'`);
  },
});
