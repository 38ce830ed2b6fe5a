import { definePlugin, type Subsystem } from '@virtkit/core';
import { HostNetworks } from './facet.js';
import { networkKind } from './network-kind.js';
import { networkTools } from './tools.js';

export default definePlugin<'network'>({
  kind: 'subsystem',
  name: 'network',
  apiVersion: 1,
  setup(context): Subsystem<'network'> {
    const networks = new HostNetworks(context.store(networkKind), networkTools(context), context.events);
    return {
      facet: 'network',
      implementation: networks,
      accepts: {
        'network.update': ['live', 'config'],
        'network.setMetadata': ['live', 'config'],
        'network.define': ['validate'],
        'network.createTransient': ['validate'],
        'network.createPort': ['reclaim', 'validate'],
      },
      service: {
        initialize: (signal) => networks.initialize(signal),
        // Networks live on without the daemon.
        stop: () => Promise.resolve(),
      },
    };
  },
});
