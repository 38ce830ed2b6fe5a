import type { ObjectRef, PoolSummary, VolumeRef } from '@virtkit/core';
import type { StoragePool, StorageVolume } from '@virtkit/schema';

export interface TestVolume {
  readonly name: string;
  definition: StorageVolume;
  bytes: Uint8Array;
}

/** A pool whose volumes exist in memory alone. */
export class TestPool {
  active = false;
  autostart = false;
  persistent = true;
  generation = 0;
  readonly volumes = new Map<string, TestVolume>();

  constructor(public definition: StoragePool) {}

  get ref(): ObjectRef {
    return { uuid: this.definition.uuid, name: this.definition.name };
  }

  summary(): PoolSummary {
    const { ref, active, persistent, autostart } = this;
    return { ref, active, persistent, autostart, type: this.definition.type };
  }

  volumeRef(volume: TestVolume): VolumeRef {
    return { pool: this.definition.name, name: volume.name, key: this.pathOf(volume.name) };
  }

  pathOf(name: string): string {
    return `${this.definition.target?.path ?? ''}/${name}`;
  }

  /** Bytes all volumes together take. */
  get allocation(): bigint {
    let sum = 0n;
    for (const { definition } of this.volumes.values()) sum += BigInt(definition.allocation ?? 0);
    return sum;
  }
}
