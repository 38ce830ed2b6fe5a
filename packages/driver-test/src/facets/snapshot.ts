import {
  type DomainRef,
  type DomainSnapshot,
  type SnapshotDisk,
  snapshotDisk,
  type SnapshotFacet,
  type SnapshotNode,
  type SnapshotOptions,
} from '@virtkit/core';
import { escapeText, parseElement } from '@virtkit/xml';
import { testError } from '../errors.js';
import type { TestDomain, TestSnapshot } from '../world/test-domain.js';
import type { World } from '../world/world.js';

/** Snapshots of definition and state; there are no disks to copy. */
export class TestSnapshots implements SnapshotFacet {
  constructor(private readonly world: World) {}

  list(ref: DomainRef): Promise<readonly SnapshotNode[]> {
    const domain = this.world.domain(ref);
    return Promise.resolve([...domain.snapshots.values()].map((snapshot) => nodeOf(domain, snapshot)));
  }

  definition(ref: DomainRef, name: string): Promise<DomainSnapshot> {
    return Promise.resolve(this.#snapshot(this.world.domain(ref), name).definition);
  }

  create(ref: DomainRef, definition: DomainSnapshot, options: SnapshotOptions): Promise<SnapshotNode> {
    const domain = this.world.domain(ref);
    if (domain.checkpoints.size > 0)
      throw testError('OPERATION_UNSUPPORTED', 'cannot create snapshot while checkpoint exists');
    const snapshot = options.redefine === true ? redefined(domain, definition) : taken(domain, definition, options);
    domain.snapshots.set(snapshot.name, snapshot);
    if (options.redefine !== true || options.current === true) domain.currentSnapshot = snapshot.name;
    if (options.halt === true && domain.active) {
      this.world.stop(domain, 'from-snapshot');
      this.world.listeners.domain(ref, { type: 'lifecycle', event: 'stopped', detail: 'from-snapshot' });
    }
    domain.generation += 1;
    return Promise.resolve(nodeOf(domain, snapshot));
  }

  revert(ref: DomainRef, name: string, options: { readonly run?: boolean; readonly pause?: boolean }): Promise<void> {
    const domain = this.world.domain(ref);
    const { definition } = this.#snapshot(domain, name);
    const { domain: saved, state } = definition;
    if (saved === undefined) throw testError('INTERNAL_ERROR', `snapshot '${name}' holds no domain definition`);
    const wasActive = domain.active;
    domain.currentSnapshot = name;
    if (domain.persistent) domain.config = structuredClone(saved);
    const running = options.run === true || options.pause === true || state === 'running' || state === 'paused';
    if (running) {
      const paused = options.pause === true || (state === 'paused' && options.run !== true);
      this.world.start(domain, saved, 'from-snapshot', paused);
      this.#lifecycle(domain.ref, wasActive ? 'resumed' : 'started', 'from-snapshot');
    } else if (wasActive) {
      this.world.stop(domain, 'from-snapshot');
      this.#lifecycle(ref, 'stopped', 'from-snapshot');
    }
    return Promise.resolve();
  }

  delete(
    ref: DomainRef,
    name: string,
    options: { readonly children?: 'also' | 'only'; readonly metadataOnly?: boolean },
  ): Promise<void> {
    const domain = this.world.domain(ref);
    const { parent } = this.#snapshot(domain, name);
    const below = options.children === undefined ? [] : descendants(domain, name);
    const removed = new Set(options.children === 'only' ? below : [name, ...below]);
    for (const snapshot of domain.snapshots.values()) {
      if (removed.has(snapshot.name)) domain.snapshots.delete(snapshot.name);
      else if (snapshot.parent !== undefined && removed.has(snapshot.parent)) adopt(domain, snapshot, parent);
    }
    if (domain.currentSnapshot !== undefined && removed.has(domain.currentSnapshot))
      domain.currentSnapshot = options.children === 'only' ? name : parent;
    domain.generation += 1;
    return Promise.resolve();
  }

  #snapshot(domain: TestDomain, name: string): TestSnapshot {
    const snapshot = domain.snapshots.get(name);
    if (snapshot === undefined)
      throw testError('NO_DOMAIN_SNAPSHOT', `no domain snapshot with matching name '${name}'`);
    return snapshot;
  }

  #lifecycle(ref: DomainRef, event: string, detail: string): void {
    this.world.listeners.domain(ref, { type: 'lifecycle', event, detail });
  }
}

function taken(domain: TestDomain, given: DomainSnapshot, options: SnapshotOptions): TestSnapshot {
  const seconds = Math.floor(Date.now() / 1_000);
  const name = given.name ?? String(seconds);
  if (domain.snapshots.has(name)) throw testError('OPERATION_FAILED', `domain moment ${name} already exists`);
  const parent = domain.currentSnapshot;
  const { state } = domain.state;
  const definition: DomainSnapshot = {
    ...given,
    name,
    creationTime: seconds,
    state: options.diskOnly === true ? 'disk-snapshot' : state,
    memory: given.memory ?? { snapshot: domain.active && options.diskOnly !== true ? 'internal' : 'no' },
    disks: given.disks ?? domain.current.devices.disks.map(({ target }) => internalDisk(target?.dev ?? '')),
    domain: structuredClone(domain.current),
    ...(parent !== undefined && { parent: { name: parent } }),
  };
  return { name, parent, definition };
}

function internalDisk(name: string): SnapshotDisk {
  return parseElement(snapshotDisk, `<disk name="${escapeText(name)}" snapshot="internal"/>`);
}

function redefined(domain: TestDomain, definition: DomainSnapshot): TestSnapshot {
  const { name } = definition;
  if (name === undefined) throw testError('XML_ERROR', 'a redefined snapshot must have a name');
  const parent = definition.parent?.name;
  if (parent === name) throw testError('INVALID_ARG', `cannot set snapshot ${name} as its own parent`);
  if (parent !== undefined && !domain.snapshots.has(parent))
    throw testError('INVALID_ARG', `parent ${parent} for moment ${name} not found`);
  return { name, parent, definition };
}

function nodeOf(domain: TestDomain, { name, parent, definition }: TestSnapshot): SnapshotNode {
  const { state, memory, disks } = definition;
  const external = memory?.snapshot === 'external' || disks?.some((disk) => disk.snapshot === 'external') === true;
  const kind =
    state === 'disk-snapshot' ? 'disk-only' : state === 'running' || state === 'paused' ? 'active' : 'inactive';
  const base = { name, current: domain.currentSnapshot === name, external, hasMetadata: true, state: kind } as const;
  return parent === undefined ? base : { ...base, parent };
}

function descendants(domain: TestDomain, name: string): readonly string[] {
  const direct = [...domain.snapshots.values()].filter((snapshot) => snapshot.parent === name);
  return direct.flatMap((snapshot) => [snapshot.name, ...descendants(domain, snapshot.name)]);
}

function adopt(domain: TestDomain, snapshot: TestSnapshot, parent: string | undefined): void {
  const { parent: _, ...rest } = snapshot.definition;
  const definition = parent === undefined ? rest : { ...rest, parent: { name: parent } };
  domain.snapshots.set(snapshot.name, { name: snapshot.name, parent, definition });
}
