import type { NodeDeviceFacet, NodeDeviceSummary } from '@virtkit/core';
import { readDocument } from '@virtkit/xml';
import { testError } from '../errors.js';
import type { TestNodeDevice, World } from '../world/world.js';

/** The pretended host's devices. */
export class TestNodeDevices implements NodeDeviceFacet {
  constructor(private readonly world: World) {}

  list(): Promise<readonly NodeDeviceSummary[]> {
    return Promise.resolve([...this.world.nodeDevices.values()]);
  }

  definition(name: string): Promise<string> {
    const { xml } = this.#device(name);
    readDocument(xml);
    return Promise.resolve(xml);
  }

  findByWwn(wwnn: string, wwpn: string): Promise<string | undefined> {
    const holds = ({ xml }: TestNodeDevice): boolean =>
      xml.includes(`<wwnn>${wwnn}</wwnn>`) && xml.includes(`<wwpn>${wwpn}</wwpn>`);
    return Promise.resolve([...this.world.nodeDevices.values()].find(holds)?.name);
  }

  #device(name: string): TestNodeDevice {
    const device = this.world.nodeDevices.get(name);
    if (device === undefined) throw testError('NO_NODE_DEVICE', `no node device with matching name '${name}'`);
    return device;
  }
}
