import type { Domain } from '@virtkit/schema';
import { describe, expect, it } from 'vitest';
import { DefinitionDigests } from './definition-digests.js';
import type { Guest } from './guest.js';

const definition = (kib: number): Domain =>
  ({
    type: 'qemu',
    memory: { size: kib },
    vcpu: { count: 2 },
    devices: { disks: [], interfaces: [{}] },
  }) as unknown as Domain; // what a digest looks at

function guest(active: boolean) {
  const state = { active, generation: 1, reads: 0, kib: 1024 };
  const current = (): Domain => {
    state.reads += 1;
    return definition(state.kib);
  };
  const shown = { ...state, current } as unknown as Guest;
  Object.defineProperty(shown, 'generation', { get: () => state.generation });
  return { state, shown };
}

describe('digests of definitions', () => {
  it('reads the definition of a guest that is off once', () => {
    const { state, shown } = guest(false);
    const digests = new DefinitionDigests();
    expect(digests.of(shown)).toMatchObject({
      memory: { size: 1024 },
      vcpu: { count: 2 },
      devices: { interfaces: [] },
    });
    digests.of(shown);
    expect(state.reads).toBe(1);
  });

  it('reads it again when the guest has changed', () => {
    const { state, shown } = guest(false);
    const digests = new DefinitionDigests();
    digests.of(shown);
    state.kib = 2048;
    state.generation = 2;
    expect(digests.of(shown).memory.size).toBe(2048);
  });

  it('is the definition itself of a guest that runs', () => {
    const { shown } = guest(true);
    expect(new DefinitionDigests().of(shown).devices.interfaces).toHaveLength(1);
  });
});
