import { type ErrorOrigin, errorsFrom, type VirtError } from '@virtkit/schema';
import type { DriverIdentity } from './driver-identity.js';
import type { RawFlags } from './session/via.js';

/** The errors the kernel itself raises, worded as libvirt 11.3 does. */

/** Which of libvirt's error domains a public function reports from. */
function originOfFunction(name: string): ErrorOrigin {
  if (/^virDomainQemu|^virDomainLxc|^virConnectDomainQemu/.test(name)) return 'NONE';
  if (name.includes('Snapshot')) return 'DOMAIN_SNAPSHOT';
  if (name.includes('Checkpoint')) return 'DOMAIN_CHECKPOINT';
  if (/^virDomain|Domain/.test(name)) return 'DOMAIN';
  if (name.includes('NWFilter')) return 'NWFILTER';
  if (name.includes('Network')) return 'NETWORK';
  if (name.includes('Storage')) return 'STORAGE';
  if (name.includes('Interface')) return 'INTERFACE';
  if (/NodeDevice|^virNodeNumOfDevices|^virNodeListDevices/.test(name)) return 'NODEDEV';
  if (name.includes('Secret')) return 'SECRET';
  return 'NONE';
}

/** @libvirt VIR_ERR_NO_SUPPORT */
export const unsupportedFunction = (name: string): VirtError => errorsFrom(originOfFunction(name))('NO_SUPPORT', name);

/** @libvirt VIR_ERR_OPERATION_DENIED */
export function readOnlyPrevents(name: string, options: object): VirtError {
  const error = errorsFrom(originOfFunction(name));
  const secure = Reflect.get(options, 'secure') === true || Reflect.get(options, 'migratable') === true;
  if (secure && name.endsWith('GetXMLDesc')) return error('OPERATION_DENIED', `${name} with secure flag`);
  return error('OPERATION_DENIED', `read only access prevents ${name}`);
}

/** @libvirt VIR_ERR_ACCESS_DENIED */
export const accessDenied = (): VirtError => errorsFrom('ACCESS')('ACCESS_DENIED');

/** A public function as one driver serves it. */
export interface RefusingFunction {
  readonly driver: DriverIdentity;
  readonly name: string;
}

interface ServingFunction {
  readonly name: string;
  readonly origin: ErrorOrigin;
}

/** Functions whose flags libvirt's drivers leave to another to check. */
const checkedElsewhere: Readonly<Partial<Record<string, ServingFunction>>> = {
  virDomainGetMetadata: { name: 'virDomainObjGetMetadata', origin: 'DOMAIN' },
  virNodeGetCPUMap: { name: 'virHostCPUGetMap', origin: 'NONE' },
  virNodeGetCPUStats: { name: 'virHostCPUGetStats', origin: 'NONE' },
  virNodeGetMemoryStats: { name: 'virHostMemGetStats', origin: 'NONE' },
  virStorageVolDelete: { name: 'virStorageBackendVolDeleteLocal', origin: 'STORAGE' },
  virStorageVolWipe: { name: 'storageVolWipePattern', origin: 'STORAGE' },
};

/** How libvirt's drivers of other things than domains begin the names of functions about a connection. */
const subsystemPrefixes: Readonly<Partial<Record<ErrorOrigin, string>>> = {
  NETWORK: 'network',
  STORAGE: 'storage',
  INTERFACE: 'interface',
  NODEDEV: 'node',
  NWFILTER: 'nwfilter',
  SECRET: 'secret',
};

/** What libvirt's drivers call the function that serves a public one: `qemuDomainReset`, `networkGetXMLDesc`. */
function servingFunction({ driver, name }: RefusingFunction): ServingFunction {
  const elsewhere = Object.hasOwn(checkedElsewhere, name) ? checkedElsewhere[name] : undefined;
  if (elsewhere !== undefined) return elsewhere;
  const rest = name.replace(/^vir/, '');
  const origin = originOfFunction(name);
  const prefix = subsystemPrefixes[origin];
  if (prefix !== undefined) {
    const begun = rest.startsWith('Connect') ? `${prefix}${rest}` : rest.charAt(0).toLowerCase() + rest.slice(1);
    return { name: begun, origin };
  }
  if (/^(Domain|Connect|Node)/.test(rest)) return { name: `${driver.name}${rest}`, origin: driver.origin };
  return { name: rest.charAt(0).toLowerCase() + rest.slice(1), origin };
}

/** `refused` are option names, `unknown` bits without a name. */
export function unsupportedFlags(
  refusing: RefusingFunction,
  refused: readonly string[],
  unknown: number,
  flags: RawFlags | undefined,
): VirtError {
  let bits = unknown;
  for (const option of refused) bits |= flags?.bits[option] ?? 0;
  const what =
    bits === 0 && flags === undefined
      ? refused.join(', ')
      : `0x${(bits === 0 ? (flags?.value ?? 0) : bits >>> 0).toString(16)}`;
  const { name, origin } = servingFunction(refusing);
  return errorsFrom(origin).unsupportedFlags(what, name);
}

/** A domain that is off was asked for something only an active one has. */
export const notRunning = (): VirtError => errorsFrom('DOMAIN')('OPERATION_INVALID', 'domain is not running');

export function noDomain(
  driver: { readonly origin: ErrorOrigin },
  by: { readonly uuid?: string; readonly name?: string; readonly id?: number },
): VirtError {
  return errorsFrom(driver.origin)('NO_DOMAIN', `no domain with matching ${describe(by)}`);
}

export function describe(by: { readonly uuid?: string; readonly name?: string; readonly id?: number }): string {
  if (by.uuid !== undefined) return `uuid '${by.uuid}'${by.name === undefined ? '' : ` (${by.name})`}`;
  if (by.id !== undefined) return `id ${by.id}`;
  return `name '${by.name ?? ''}'`;
}

export const noPool = (by: {
  readonly uuid?: string;
  readonly name?: string;
  readonly targetPath?: string;
}): VirtError =>
  errorsFrom('STORAGE')(
    'NO_STORAGE_POOL',
    by.targetPath === undefined
      ? `no storage pool with matching ${describe(by)}`
      : `no storage pool with matching target path '${by.targetPath}'`,
  );

export function noVolume(by: { readonly name?: string; readonly key?: string; readonly path?: string }): VirtError {
  const error = errorsFrom('STORAGE');
  if (by.key !== undefined) return error('NO_STORAGE_VOL', `no storage vol with matching key ${by.key}`);
  if (by.path !== undefined) return error('NO_STORAGE_VOL', `no storage vol with matching path '${by.path}'`);
  return error('NO_STORAGE_VOL', `no storage vol with matching name '${by.name ?? ''}'`);
}

export const noNetwork = (by: { readonly uuid?: string; readonly name?: string }): VirtError =>
  errorsFrom('NETWORK')('NO_NETWORK', `no network with matching ${describe(by)}`);

export const noSecret = (by: { readonly uuid?: string; readonly usage?: string }): VirtError =>
  errorsFrom('SECRET')(
    'NO_SECRET',
    by.uuid === undefined
      ? `no secret with matching usage '${by.usage ?? ''}'`
      : `no secret with matching uuid '${by.uuid}'`,
  );

export const noNwfilter = (by: { readonly uuid?: string; readonly name?: string }): VirtError =>
  errorsFrom('NWFILTER')('NO_NWFILTER', `no nwfilter with matching ${describe(by)}`);

export const noNodeDevice = (name: string): VirtError =>
  errorsFrom('NODEDEV')('NO_NODE_DEVICE', `no node device with matching name '${name}'`);

export const noInterface = (by: { readonly name?: string; readonly mac?: string }): VirtError =>
  errorsFrom('INTERFACE')(
    'NO_INTERFACE',
    by.mac === undefined
      ? `couldn't find interface named '${by.name ?? ''}'`
      : `couldn't find interface with MAC '${by.mac}'`,
  );

export const noSnapshot = (name: string): VirtError =>
  errorsFrom('DOMAIN_SNAPSHOT')('NO_DOMAIN_SNAPSHOT', `no domain snapshot with matching name '${name}'`);

export const noCheckpoint = (name: string): VirtError =>
  errorsFrom('DOMAIN_CHECKPOINT')('NO_DOMAIN_CHECKPOINT', `no domain checkpoint with matching name '${name}'`);

export const noNwfilterBinding = (portDevice: string): VirtError =>
  errorsFrom('NWFILTER')('NO_NWFILTER_BINDING', `no nwfilter binding for port dev '${portDevice}'`);

export const noNetworkPort = (uuid: string): VirtError =>
  errorsFrom('NETWORK')('NO_NETWORK_PORT', `Network port with UUID ${uuid} does not exist`);

export const noSnapshotParent = (name: string): VirtError =>
  errorsFrom('DOMAIN_SNAPSHOT')('NO_DOMAIN_SNAPSHOT', `snapshot '${name}' does not have a parent`);

export const noCurrentSnapshot = (): VirtError =>
  errorsFrom('DOMAIN_SNAPSHOT')('NO_DOMAIN_SNAPSHOT', 'the domain does not have a current snapshot');

export const noCheckpointParent = (name: string): VirtError =>
  errorsFrom('DOMAIN_CHECKPOINT')('NO_DOMAIN_CHECKPOINT', `checkpoint '${name}' does not have a parent`);
