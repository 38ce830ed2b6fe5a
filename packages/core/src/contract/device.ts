import type { Devices } from '@virtkit/schema';

/** Where a definition keeps its devices, by the name of their element. */
export const deviceFields = {
  disk: 'disks',
  controller: 'controllers',
  lease: 'leases',
  filesystem: 'filesystems',
  interface: 'interfaces',
  smartcard: 'smartcards',
  serial: 'serials',
  parallel: 'parallels',
  console: 'consoles',
  channel: 'channels',
  input: 'inputs',
  tpm: 'tpms',
  graphics: 'graphics',
  sound: 'sounds',
  audio: 'audios',
  video: 'videos',
  hostdev: 'hostdevs',
  redirdev: 'redirdevs',
  redirfilter: 'redirfilter',
  hub: 'hubs',
  watchdog: 'watchdogs',
  memballoon: 'memballoon',
  rng: 'rngs',
  nvram: 'nvram',
  panic: 'panics',
  shmem: 'shmems',
  memory: 'memory',
  crypto: 'cryptos',
  iommu: 'iommu',
  vsock: 'vsock',
  pstore: 'pstore',
} as const satisfies Readonly<Record<string, keyof Devices>>;

export type DeviceKind = keyof typeof deviceFields;
type Field<K extends DeviceKind> = NonNullable<Devices[(typeof deviceFields)[K]]>;
type Item<T> = T extends readonly (infer E)[] ? E : T;
/** The definition of one device of a kind. */
export type DeviceOf<K extends DeviceKind> = Item<Field<K>>;

/** One device, marked with its kind. Attaching adds `device` to the list `deviceFields[kind]` names. */
export type Device = { [K in DeviceKind]: { readonly kind: K; readonly device: DeviceOf<K> } }[DeviceKind];
