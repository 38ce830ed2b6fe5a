// @ts-check
import { definePlugin } from '@virtkit/core';
import { parseDomain } from '@virtkit/schema';

const uuid = '68656c6c-6f20-4777-8f72-6c6421000000';
const definition = parseDomain(`<domain type='test'>
  <name>hello</name>
  <uuid>${uuid}</uuid>
  <memory unit='KiB'>1048576</memory>
  <vcpu>1</vcpu>
  <os><type>hvm</type></os>
</domain>`);

/** @type {import('@virtkit/core').DomainSummary} */
const hello = {
  ref: { uuid, name: 'hello', id: 1 },
  active: true,
  persistent: true,
  autostart: false,
  hasManagedSave: false,
  state: { state: 'running', reason: 'booted' },
};

/** What even the poorest hypervisor can do; everything else answers that it is not supported. */
export default definePlugin({
  kind: 'hypervisor',
  name: 'hello',
  apiVersion: 1,
  setup: () => ({
    traits: { state: 'remote' },
    dialect: { virtTypes: ['test'] },
    open: async () => ({
      accepts: {},
      link: { encrypted: false, secure: true },
      alive: () => true,
      close: async () => {},
      host: {
        type: () => 'HELLO',
        capabilities: async () => '<capabilities>\n  <host/>\n</capabilities>\n',
      },
      domain: {
        list: async () => [hello],
        find: async (by) => (Object.entries(by).some(([key, value]) => Reflect.get(hello.ref, key) === value) ? hello : undefined),
        info: async () => ({ state: hello.state, maxMemoryKiB: 1_048_576, memoryKiB: 1_048_576, vcpus: 1, cpuTimeNs: 0n }),
        definition: async () => definition,
      },
    }),
  }),
});
