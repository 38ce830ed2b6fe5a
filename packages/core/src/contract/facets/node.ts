import type { Call } from '../call.js';
import type { InterfaceRef, ObjectRef, SecretRef } from '../references.js';

export interface InterfaceSummary {
  readonly ref: InterfaceRef;
  readonly active: boolean;
}
/** The host's own network interfaces. Documents are text until their tables land. */
export interface InterfaceFacet {
  list(call: Call): Promise<readonly InterfaceSummary[]>;
  definition?(name: string, options: { readonly inactive?: boolean }, call: Call): Promise<string>;
  define?(xml: string, call: Call): Promise<InterfaceRef>;
  undefine?(name: string, call: Call): Promise<void>;
  start?(name: string, call: Call): Promise<void>;
  stop?(name: string, call: Call): Promise<void>;
  beginChange?(call: Call): Promise<void>;
  commitChange?(call: Call): Promise<void>;
  rollbackChange?(call: Call): Promise<void>;
}

export interface NodeDeviceSummary {
  readonly name: string;
  readonly parent?: string;
  readonly capabilities: readonly string[];
  readonly active: boolean;
  readonly persistent: boolean;
  readonly autostart: boolean;
}
/** Devices of the host. */
export interface NodeDeviceFacet {
  list(call: Call): Promise<readonly NodeDeviceSummary[]>;
  definition(name: string, options: { readonly inactive?: boolean }, call: Call): Promise<string>;
  findByWwn?(wwnn: string, wwpn: string, call: Call): Promise<string | undefined>;
  createTransient?(xml: string, call: Call): Promise<string>;
  destroy?(name: string, call: Call): Promise<void>;
  define?(xml: string, call: Call): Promise<string>;
  undefine?(name: string, call: Call): Promise<void>;
  start?(name: string, call: Call): Promise<void>;
  setAutostart?(name: string, value: boolean, call: Call): Promise<void>;
  update?(
    name: string,
    xml: string,
    target: { readonly live?: boolean; readonly config?: boolean },
    call: Call,
  ): Promise<void>;
}

/** Devices of the host given to guests: what a hypervisor does, whoever lists the devices. */
export interface AssignmentFacet {
  /** Takes the device from its host driver. @libvirt virNodeDeviceDetachFlags */
  detach(device: string, driver: string | undefined, call: Call): Promise<void>;
  reattach(device: string, call: Call): Promise<void>;
  reset(device: string, call: Call): Promise<void>;
}

export interface SecretSummary {
  readonly ref: SecretRef;
  readonly ephemeral: boolean;
  readonly private: boolean;
}
export interface SecretFacet {
  list(call: Call): Promise<readonly SecretSummary[]>;
  definition(secret: SecretRef, call: Call): Promise<string>;
  define?(xml: string, call: Call): Promise<SecretRef>;
  undefine?(secret: SecretRef, call: Call): Promise<void>;
  value?(secret: SecretRef, call: Call): Promise<Uint8Array>;
  setValue?(secret: SecretRef, value: Uint8Array, call: Call): Promise<void>;
}

export interface NwfilterFacet {
  list(call: Call): Promise<readonly ObjectRef[]>;
  definition(filter: ObjectRef, call: Call): Promise<string>;
  define?(xml: string, options: { readonly validate?: boolean }, call: Call): Promise<ObjectRef>;
  undefine?(filter: ObjectRef, call: Call): Promise<void>;
  /** Bindings by port device. */
  bindings?(call: Call): Promise<readonly { readonly portDevice: string; readonly filter: string }[]>;
  bindingDefinition?(portDevice: string, call: Call): Promise<string>;
  createBinding?(
    xml: string,
    options: { readonly validate?: boolean },
    call: Call,
  ): Promise<{ readonly portDevice: string; readonly filter: string }>;
  deleteBinding?(portDevice: string, call: Call): Promise<void>;
}
