import type { CheckpointFacet, CheckpointNode, DomainRef } from '@virtkit/core';
import { formatDomain } from '@virtkit/schema';
import { childOf, escapeText, readDocument, textOf, type XmlNode } from '@virtkit/xml';
import { testError } from '../errors.js';
import type { TestCheckpoint, TestDomain } from '../world/test-domain.js';
import type { World } from '../world/world.js';

/** Checkpoints by name; there are no bitmaps behind them. */
export class TestCheckpoints implements CheckpointFacet {
  constructor(private readonly world: World) {}

  list(ref: DomainRef): Promise<readonly CheckpointNode[]> {
    const all = [...this.world.domain(ref).checkpoints.values()];
    return Promise.resolve(all.map(nodeOf));
  }

  definition(ref: DomainRef, name: string): Promise<string> {
    const checkpoint = this.world.domain(ref).checkpoints.get(name);
    if (checkpoint === undefined)
      throw testError('NO_DOMAIN_CHECKPOINT', `no domain checkpoint with matching name '${name}'`);
    return Promise.resolve(this.#format(checkpoint));
  }

  create(ref: DomainRef, xml: string, options: { readonly redefine?: boolean }): Promise<CheckpointNode> {
    const domain = this.world.domain(ref);
    if (domain.snapshots.size > 0)
      throw testError('OPERATION_UNSUPPORTED', 'cannot create checkpoint while snapshot exists');
    const given = read(xml);
    const redefine = options.redefine === true;
    const seconds = String(Math.floor(Date.now() / 1_000));
    const name = given.name ?? seconds;
    const parent = redefine ? given.parent : lastOf(domain);
    if (parent !== undefined && !domain.checkpoints.has(parent))
      throw testError('INVALID_ARG', `parent ${parent} for moment ${name} not found`);
    if (domain.checkpoints.has(name) && !redefine)
      throw testError('OPERATION_FAILED', `domain moment ${name} already exists`);
    const time = redefine ? (given.time ?? seconds) : seconds;
    const guest = structuredClone(domain.current);
    const checkpoint = { name, parent, description: given.description, time, guest };
    domain.checkpoints.set(name, checkpoint);
    domain.generation += 1;
    return Promise.resolve(nodeOf(checkpoint));
  }

  delete(ref: DomainRef, name: string, options: { readonly children?: 'also' | 'only' }): Promise<void> {
    const domain = this.world.domain(ref);
    const own = domain.checkpoints.get(name);
    if (own === undefined) throw testError('NO_DOMAIN_CHECKPOINT', `no domain checkpoint with matching name '${name}'`);
    const below = options.children === undefined ? [] : descendants(domain, name);
    const removed = new Set(options.children === 'only' ? below : [name, ...below]);
    for (const checkpoint of domain.checkpoints.values()) {
      if (removed.has(checkpoint.name)) domain.checkpoints.delete(checkpoint.name);
      else if (checkpoint.parent !== undefined && removed.has(checkpoint.parent))
        domain.checkpoints.set(checkpoint.name, { ...checkpoint, parent: own.parent });
    }
    domain.generation += 1;
    return Promise.resolve();
  }

  #format({ name, parent, description, time, guest }: TestCheckpoint): string {
    const disks = guest.devices.disks.map(
      ({ target }) => `    <disk name='${escapeText(target.dev)}' checkpoint='bitmap' bitmap='${escapeText(name)}'/>`,
    );
    return [
      '<domaincheckpoint>',
      `  <name>${escapeText(name)}</name>`,
      ...(description === undefined ? [] : [`  <description>${escapeText(description)}</description>`]),
      ...(parent === undefined ? [] : ['  <parent>', `    <name>${escapeText(parent)}</name>`, '  </parent>']),
      `  <creationTime>${escapeText(time)}</creationTime>`,
      ...(disks.length === 0 ? [] : ['  <disks>', ...disks, '  </disks>']),
      ...formatDomain(guest, { secure: true })
        .trimEnd()
        .split('\n')
        .map((line) => `  ${line}`),
      '</domaincheckpoint>',
      '',
    ].join('\n');
  }
}

interface GivenCheckpoint {
  readonly name: string | undefined;
  readonly parent: string | undefined;
  readonly description: string | undefined;
  readonly time: string | undefined;
}

function read(xml: string): GivenCheckpoint {
  const { root } = readDocument(xml);
  const text = (from: XmlNode | undefined, name: string): string | undefined => {
    const child = from === undefined ? undefined : childOf(from, name);
    return child === undefined ? undefined : textOf(child);
  };
  return {
    name: text(root, 'name'),
    parent: text(childOf(root, 'parent'), 'name'),
    description: text(root, 'description'),
    time: text(root, 'creationTime'),
  };
}

const nodeOf = ({ name, parent }: TestCheckpoint): CheckpointNode =>
  parent === undefined ? { name } : { name, parent };

const lastOf = (domain: TestDomain): string | undefined => [...domain.checkpoints.keys()].at(-1);

function descendants(domain: TestDomain, name: string): readonly string[] {
  const direct = [...domain.checkpoints.values()].filter((checkpoint) => checkpoint.parent === name);
  return direct.flatMap((checkpoint) => [checkpoint.name, ...descendants(domain, checkpoint.name)]);
}
