import type { Device } from '../../contract/device.js';
import type { DomainSummary, Target } from '../../contract/references.js';
import { objectOperations, on } from './operations.js';
import type { DomainHandle } from './pipeline.js';
import { domainResolver } from './resolvers.js';
import { step } from './step.js';
import type { Via } from './via.js';

const Rows = objectOperations(domainResolver, {
  detachByAlias: on('devices.detachByAlias', 'virDomainDetachDeviceAlias', 2, 1),
  resizeBlock: on('devices.resizeBlock', 'virDomainBlockResize', 3, 2),
  associateFiles: on('devices.associateFiles', 'virDomainFDAssociate', 3, 2),
});
const attach = step('devices.attach', 'virDomainAttachDeviceFlags');
const detach = step('devices.detach', 'virDomainDetachDeviceFlags');
const update = step('devices.update', 'virDomainUpdateDeviceFlags');
const none = {};

/** What a client wants of a device. */
interface Asked {
  readonly summary: DomainSummary;
  readonly target: Target;
  readonly via: Via | undefined;
  /** It is to be added, not to be found. */
  readonly isNew: boolean;
}

/** Devices of a domain, added and removed while it runs or in its configuration. */
export class DomainDevices extends Rows {
  attach(domain: DomainHandle, device: string | Device, target: Target = none, via?: Via): Promise<void> {
    return this.parts.pipeline.domain(attach, domain, target, via, async (facet, summary, call) =>
      facet.attach(summary.ref, await this.#parse(device, { summary, target, via, isNew: true }), target, call),
    );
  }

  detach(domain: DomainHandle, device: string | Device, target: Target = none, via?: Via): Promise<void> {
    return this.parts.pipeline.domain(detach, domain, target, via, async (facet, summary, call) =>
      facet.detach(summary.ref, await this.#parse(device, { summary, target, via, isNew: false }), target, call),
    );
  }

  update(
    domain: DomainHandle,
    device: string | Device,
    target: Target & { readonly force?: boolean } = none,
    via?: Via,
  ): Promise<void> {
    return this.parts.pipeline.domain(update, domain, target, via, async (facet, summary, call) =>
      facet.update(summary.ref, await this.#parse(device, { summary, target, via, isNew: false }), target, call),
    );
  }

  async #parse(device: string | Device, { summary, target, via, isNew }: Asked): Promise<Device> {
    if (typeof device !== 'string') return device;
    const { pipeline, documents } = this.parts;
    const call = pipeline.call(via);
    const which = target.config === true && target.live !== true && summary.persistent ? 'persistent' : 'current';
    const definition = await pipeline.connection.domain.definition(summary.ref, which, call);
    return documents.device(device, definition, { isNew }, call.signal);
  }
}
