import type { InterfaceSummary, NodeDeviceSummary, SecretSummary } from '../../contract/facets/node.js';
import type { InterfaceRef, ObjectRef, SecretRef } from '../../contract/references.js';
import type { FunctionName } from '../access/function-rules.js';
import { noInterface, noNodeDevice, noNwfilter, noNwfilterBinding, noSecret } from '../errors.js';
import { refuseUnknownBits } from './accept.js';
import { filterGroups } from './domain-filter.js';
import { findNwfilter, findSecret } from './find-objects.js';
import { connectOperations, objectOperations, of, on, type ObjectResolver } from './operations.js';
import { nwfilterResolver, secretResolver, type ObjectHandle } from './resolvers.js';
import { step } from './step.js';
import type { Via } from './via.js';

const none = {};

const interfaceResolver: ObjectResolver<string, string> = {
  async resolve(pipeline, name) {
    const found = (await pipeline.connection.interface?.list(pipeline.caller))?.find(({ ref }) => ref.name === name);
    if (found === undefined) throw noInterface({ name });
    return name;
  },
  describe: (name) => ({ kind: 'interface', name }),
};
const InterfaceRows = objectOperations(interfaceResolver, {
  xmlDesc: on('interface.definition', 'virInterfaceGetXMLDesc', 1, 0),
  undefine: on('interface.undefine', 'virInterfaceUndefine', 0),
  start: on('interface.start', 'virInterfaceCreate', 0),
  stop: on('interface.stop', 'virInterfaceDestroy', 0),
});
const InterfaceChanges = connectOperations({
  define: of('interface.define', 'virInterfaceDefineXML', 1),
  begin: of('interface.beginChange', 'virInterfaceChangeBegin', 0),
  commit: of('interface.commitChange', 'virInterfaceChangeCommit', 0),
  rollback: of('interface.rollbackChange', 'virInterfaceChangeRollback', 0),
});
const listInterfaces = step('interface.list', 'virConnectListAllInterfaces');

/** The host's own network interfaces. */
export class Interfaces extends InterfaceRows {
  readonly changes = new InterfaceChanges(this.parts);

  async list(
    filter: { readonly active?: boolean; readonly inactive?: boolean } = none,
    via?: Via,
  ): Promise<readonly InterfaceSummary[]> {
    refuseUnknownBits(this.parts.pipeline.driver, via, via?.function ?? listInterfaces.function);
    const all = await this.parts.pipeline.connect(listInterfaces, none, via, (facet, call) => facet.list(call));
    return filterGroups(all, filter, [{ active: ({ active }) => active, inactive: ({ active }) => !active }]);
  }

  /** Throws `NO_INTERFACE`. */
  async lookupByName(name: string, via?: Via): Promise<InterfaceSummary> {
    const found = (await this.#all('virInterfaceLookupByName', via)).find(({ ref }) => ref.name === name);
    if (found === undefined) throw noInterface({ name });
    return found;
  }

  /** Throws `NO_INTERFACE`. @libvirt virInterfaceLookupByMACString */
  async lookupByMac(mac: string, via?: Via): Promise<InterfaceRef> {
    const wanted = mac.toLowerCase();
    const all = await this.#all('virInterfaceLookupByMACString', via);
    const found = all.find(({ ref }) => ref.mac.toLowerCase() === wanted);
    if (found === undefined) throw noInterface({ mac });
    return found.ref;
  }

  async #all(name: FunctionName, via: Via | undefined): Promise<readonly InterfaceSummary[]> {
    const { pipeline } = this.parts;
    return pipeline.require(listInterfaces, via?.function ?? name).list(pipeline.call(via));
  }
}

const nodeDeviceResolver: ObjectResolver<string, string> = {
  async resolve(pipeline, name) {
    const found = (await pipeline.connection.nodeDevice?.list(pipeline.caller))?.some((device) => device.name === name);
    if (found !== true) throw noNodeDevice(name);
    return name;
  },
  describe: (name) => ({ kind: 'node-device', name }),
};
const NodeDeviceRows = objectOperations(nodeDeviceResolver, {
  xmlDesc: on('nodeDevice.definition', 'virNodeDeviceGetXMLDesc', 1, 0),
  destroy: on('nodeDevice.destroy', 'virNodeDeviceDestroy', 0),
  undefine: on('nodeDevice.undefine', 'virNodeDeviceUndefine', 0),
  start: on('nodeDevice.start', 'virNodeDeviceCreate', 0),
  setAutostart: on('nodeDevice.setAutostart', 'virNodeDeviceSetAutostart', 1),
  update: on('nodeDevice.update', 'virNodeDeviceUpdate', 2, 1),
  detach: on('assignment.detach', 'virNodeDeviceDetachFlags', 1),
  reattach: on('assignment.reattach', 'virNodeDeviceReAttach', 0),
  reset: on('assignment.reset', 'virNodeDeviceReset', 0),
});
const NodeDeviceCreation = connectOperations({
  createTransient: of('nodeDevice.createTransient', 'virNodeDeviceCreateXML', 1),
  define: of('nodeDevice.define', 'virNodeDeviceDefineXML', 1),
});
const listDevices = step('nodeDevice.list', 'virConnectListAllNodeDevices');
const findByWwn = step('nodeDevice.findByWwn', 'virNodeDeviceLookupSCSIHostByWWN');

/** Devices of the host. */
export class NodeDevices extends NodeDeviceRows {
  readonly creation = new NodeDeviceCreation(this.parts);

  /** `capabilities`: any of these; empty or absent: all. */
  async list(
    filter: {
      readonly capabilities?: readonly string[];
      readonly active?: boolean;
      readonly inactive?: boolean;
      readonly persistent?: boolean;
      readonly transient?: boolean;
    } = none,
    via?: Via,
  ): Promise<readonly NodeDeviceSummary[]> {
    const name = via?.function ?? listDevices.function;
    refuseUnknownBits(this.parts.pipeline.driver, via, name);
    const { pipeline } = this.parts;
    const all = await pipeline.connect(listDevices, none, via, (facet, call) => facet.list(call));
    const wanted = filter.capabilities ?? [];
    const chosen =
      wanted.length === 0 ? all : all.filter((device) => device.capabilities.some((one) => wanted.includes(one)));
    const groups = [
      { active: (device: NodeDeviceSummary) => device.active, inactive: (device: NodeDeviceSummary) => !device.active },
      {
        persistent: (device: NodeDeviceSummary) => device.persistent,
        transient: (device: NodeDeviceSummary) => !device.persistent,
      },
    ];
    return pipeline.visible(name, filterGroups(chosen, filter, groups), (device) =>
      nodeDeviceResolver.describe(device.name),
    );
  }

  /** Throws `NO_NODE_DEVICE`. Parent, capabilities, activity and autostart are in the summary. */
  async lookupByName(name: string, via?: Via): Promise<NodeDeviceSummary> {
    const { pipeline } = this.parts;
    const used = via?.function ?? 'virNodeDeviceLookupByName';
    const found = (await pipeline.require(listDevices, used).list(pipeline.call(via))).find(
      (device) => device.name === name,
    );
    if (found === undefined) throw noNodeDevice(name);
    await pipeline.permit(used, nodeDeviceResolver.describe(name));
    return found;
  }

  /** Throws `NO_NODE_DEVICE`. */
  async lookupScsiHostByWwn(wwnn: string, wwpn: string, via?: Via): Promise<string> {
    const { pipeline } = this.parts;
    const name = await pipeline.enter(findByWwn, none, via).findByWwn(wwnn, wwpn, pipeline.call(via));
    if (name === undefined) throw noNodeDevice(`${wwnn}:${wwpn}`);
    return name;
  }
}

const SecretRows = objectOperations(secretResolver, {
  xmlDesc: on('secret.definition', 'virSecretGetXMLDesc', 0),
  undefine: on('secret.undefine', 'virSecretUndefine', 0),
  value: on('secret.value', 'virSecretGetValue', 0),
  setValue: on('secret.setValue', 'virSecretSetValue', 1),
});
const listSecrets = step('secret.list', 'virConnectListAllSecrets');
const defineSecret = step('secret.define', 'virSecretDefineXML');

/** Secrets: definitions and, for those who may, values. */
export class Secrets extends SecretRows {
  async list(
    filter: {
      readonly ephemeral?: boolean;
      readonly noEphemeral?: boolean;
      readonly private?: boolean;
      readonly noPrivate?: boolean;
    } = none,
    via?: Via,
  ): Promise<readonly SecretSummary[]> {
    const name = via?.function ?? listSecrets.function;
    refuseUnknownBits(this.parts.pipeline.driver, via, name);
    const { pipeline } = this.parts;
    const all = await pipeline.connect(listSecrets, none, via, (facet, call) => facet.list(call));
    const groups = [
      {
        ephemeral: (secret: SecretSummary) => secret.ephemeral,
        noEphemeral: (secret: SecretSummary) => !secret.ephemeral,
      },
      { private: (secret: SecretSummary) => secret.private, noPrivate: (secret: SecretSummary) => !secret.private },
    ];
    return pipeline.visible(name, filterGroups(all, filter, groups), ({ ref }) => secretResolver.describe(ref));
  }

  define(xml: string, via?: Via): Promise<SecretRef> {
    return this.parts.pipeline.connect(defineSecret, none, via, (facet, call) => facet.define(xml, call));
  }

  /** Throws `NO_SECRET`. */
  async lookupByUuid(uuid: string, via?: Via): Promise<SecretRef> {
    const { pipeline } = this.parts;
    pipeline.require(listSecrets, via?.function ?? 'virSecretLookupByUUID');
    const secret = await findSecret(pipeline, uuid);
    if (secret === undefined) throw noSecret({ uuid });
    await pipeline.permit(via?.function ?? 'virSecretLookupByUUID', secretResolver.describe(secret.ref));
    return secret.ref;
  }

  /** Throws `NO_SECRET`. */
  async lookupByUsage(usageType: SecretRef['usageType'], usageId: string, via?: Via): Promise<SecretRef> {
    const { pipeline } = this.parts;
    const facet = pipeline.require(listSecrets, via?.function ?? 'virSecretLookupByUsage');
    const secret = (await facet.list(pipeline.call(via))).find(
      ({ ref }) => ref.usageType === usageType && ref.usageId === usageId,
    );
    if (secret === undefined) throw noSecret({ usage: usageId });
    await pipeline.permit(via?.function ?? 'virSecretLookupByUsage', secretResolver.describe(secret.ref));
    return secret.ref;
  }
}

const NwfilterRows = objectOperations(nwfilterResolver, {
  xmlDesc: on('nwfilter.definition', 'virNWFilterGetXMLDesc', 0),
  undefine: on('nwfilter.undefine', 'virNWFilterUndefine', 0),
});
const listFilters = step('nwfilter.list', 'virConnectListAllNWFilters');
const defineFilter = step('nwfilter.define', 'virNWFilterDefineXMLFlags');

/** Network filters. */
export class Nwfilters extends NwfilterRows {
  list(via?: Via): Promise<readonly ObjectRef[]> {
    refuseUnknownBits(this.parts.pipeline.driver, via, via?.function ?? listFilters.function);
    return this.parts.pipeline.connect(listFilters, none, via, (facet, call) => facet.list(call));
  }

  define(xml: string, options: { readonly validate?: boolean } = none, via?: Via): Promise<ObjectRef> {
    return this.parts.pipeline.connect(defineFilter, none, via, (facet, call) => facet.define(xml, options, call));
  }

  /** Throws `NO_NWFILTER`. */
  lookupByUuid(uuid: string, via?: Via): Promise<ObjectRef> {
    return this.#lookup({ uuid }, 'virNWFilterLookupByUUID', via);
  }

  /** Throws `NO_NWFILTER`. */
  lookupByName(name: string, via?: Via): Promise<ObjectRef> {
    return this.#lookup({ name }, 'virNWFilterLookupByName', via);
  }

  async #lookup(
    by: ObjectHandle | { readonly name: string },
    name: FunctionName,
    via: Via | undefined,
  ): Promise<ObjectRef> {
    const { pipeline } = this.parts;
    pipeline.require(listFilters, via?.function ?? name);
    const filter = await findNwfilter(pipeline, by);
    if (filter === undefined) throw noNwfilter(by);
    await pipeline.permit(via?.function ?? name, nwfilterResolver.describe(filter));
    return filter;
  }
}

const bindings = step('nwfilter.bindings', 'virConnectListAllNWFilterBindings');
const BindingRows = connectOperations({
  list: of('nwfilter.bindings', 'virConnectListAllNWFilterBindings', 0),
  xmlDesc: of('nwfilter.bindingDefinition', 'virNWFilterBindingGetXMLDesc', 1),
  create: of('nwfilter.createBinding', 'virNWFilterBindingCreateXML', 2, 1),
  delete: of('nwfilter.deleteBinding', 'virNWFilterBindingDelete', 1),
});

/** Which filter applies to which port of a guest. */
export class NwfilterBindings extends BindingRows {
  /** Throws `NO_NWFILTER_BINDING`. */
  async lookupByPortDevice(
    portDevice: string,
    via?: Via,
  ): Promise<{ readonly portDevice: string; readonly filter: string }> {
    const { pipeline } = this.parts;
    const used = via?.function ?? 'virNWFilterBindingLookupByPortDev';
    const all = await pipeline.require(bindings, used).bindings(pipeline.call(via));
    const found = all.find((binding) => binding.portDevice === portDevice);
    if (found === undefined) throw noNwfilterBinding(portDevice);
    await pipeline.permit(used, { kind: 'nwfilter-binding', name: portDevice });
    return found;
  }
}
