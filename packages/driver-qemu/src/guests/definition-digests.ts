import type { Domain } from '@virtkit/schema';
import type { Guest } from './guest.js';

/** The few facts of a definition that lists and statistics need. Of a guest that is off nobody needs its interfaces. */
export interface DefinitionDigest extends Pick<Domain, 'type' | 'currentMemory'> {
  readonly memory: Pick<Domain['memory'], 'size'>;
  readonly vcpu: Pick<Domain['vcpu'], 'count' | 'current'>;
  readonly iothreadids?: Domain['iothreadids'];
  readonly devices: Pick<Domain['devices'], 'disks' | 'interfaces'>;
}

const noDisks: Domain['devices']['disks'] = [];
const noInterfaces: Domain['devices']['interfaces'] = [];

/**
 * Digests of guests that are off, each made once per generation of its guest: whole definitions of ten thousand guests
 * are neither kept in memory nor read from disk at every question.
 */
export class DefinitionDigests {
  readonly #known = new WeakMap<Guest, { readonly generation: number; readonly digest: DefinitionDigest }>();

  /** Of a running guest: its definition itself, which is in memory. */
  of(guest: Guest): DefinitionDigest {
    if (guest.active) return guest.current();
    const { generation } = guest;
    const known = this.#known.get(guest);
    if (known?.generation === generation) return known.digest;
    const digest = digestOf(guest.current());
    this.#known.set(guest, { generation, digest });
    return digest;
  }
}

function digestOf({ type, memory, currentMemory, vcpu, devices }: Domain): DefinitionDigest {
  const { disks } = devices;
  return {
    type,
    memory: { size: memory.size },
    currentMemory,
    vcpu: { count: vcpu.count, current: vcpu.current },
    devices: { disks: disks.length === 0 ? noDisks : disks, interfaces: noInterfaces },
  };
}
