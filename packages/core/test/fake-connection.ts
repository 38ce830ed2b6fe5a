import { parseDomain } from '@virtkit/schema';
import type { Connection } from '../src/contract/connection.js';
import type { DomainSummary } from '../src/contract/references.js';

export const uuidOf = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

export function summary(number: number, given: Partial<DomainSummary> = {}): DomainSummary {
  const active = given.active ?? false;
  return {
    ref: { uuid: uuidOf(number), name: `guest${number}`, ...(active && { id: number }) },
    active,
    persistent: true,
    autostart: false,
    state: active ? { state: 'running', reason: 'booted' } : { state: 'shutoff', reason: 'unknown' },
    hasManagedSave: false,
    ...given,
  };
}

export const document = (number: number): string => `<domain type='test'>
  <name>guest${number}</name>
  <uuid>${uuidOf(number)}</uuid>
  <title>Guest ${number}</title>
  <metadata>
    <app:owner xmlns:app="http://example.org/app">me</app:owner>
  </metadata>
  <memory unit='KiB'>2048</memory>
  <vcpu>2</vcpu>
  <os>
    <type>hvm</type>
  </os>
</domain>`;

/** A connection that knows some guests and counts what is asked of it. */
export class FakeConnection implements Connection {
  readonly asked: string[] = [];
  accepts: Connection['accepts'] = { 'lifecycle.destroy': ['graceful'] };
  readonly link = { encrypted: false, secure: true };
  generation: number | undefined = 1;
  readonly host: Connection['host'] = { type: () => 'FAKE', capabilities: async () => '<capabilities/>\n' };
  readonly domain: Connection['domain'];
  readonly lifecycle: NonNullable<Connection['lifecycle']> = {
    destroy: async (ref) => void this.asked.push(`destroy ${ref.name}`),
    shutdown: async (ref) => void this.asked.push(`shutdown ${ref.name}`),
  };

  constructor(readonly guests: readonly DomainSummary[]) {
    this.domain = {
      list: async () => guests,
      find: async (by) =>
        guests.find(({ ref }) =>
          'uuid' in by ? ref.uuid === by.uuid : 'id' in by ? ref.id === by.id : ref.name === by.name,
        ),
      info: async () => ({
        state: { state: 'running', reason: 'booted' },
        maxMemoryKiB: 1,
        memoryKiB: 1,
        vcpus: 1,
        cpuTimeNs: 0n,
      }),
      definition: async (ref) => {
        this.asked.push(`definition ${ref.name}`);
        return parseDomain(document(Number(ref.name.slice('guest'.length))));
      },
      generation: () => this.generation,
    };
  }

  alive(): boolean {
    return true;
  }
  async close(): Promise<void> {
    this.asked.push('close');
  }
}
