import { type CheckpointFacet, type CheckpointNode, type DomainRef, SchemaDocuments } from '@virtkit/core';
import { childOf, escapeText, readDocument, textOf } from '@virtkit/xml';
import { testDialect } from '../dialect.js';
import { testError } from '../errors.js';
import type { TestCheckpoint, TestDomain } from '../world/test-domain.js';
import type { World } from '../world/world.js';

/** Checkpoints by name; there are no bitmaps behind them. */
export class TestCheckpoints implements CheckpointFacet {
  readonly #documents = new SchemaDocuments(testDialect);

  constructor(private readonly world: World) {}

  list(ref: DomainRef): Promise<readonly CheckpointNode[]> {
    const all = [...this.world.domain(ref).checkpoints.values()];
    return Promise.resolve(all.map(nodeOf));
  }

  definition(ref: DomainRef, name: string): Promise<string> {
    const checkpoint = this.world.domain(ref).checkpoints.get(name);
    if (checkpoint === undefined)
      throw testError('NO_DOMAIN_CHECKPOINT', `no domain checkpoint with matching name '${name}'`);
    return Promise.resolve(checkpoint.xml);
  }

  create(ref: DomainRef, xml: string, options: { readonly redefine?: boolean }): Promise<CheckpointNode> {
    const domain = this.world.domain(ref);
    const { root } = readDocument(xml);
    const seconds = String(Math.floor(Date.now() / 1_000));
    const text = (name: string): string | undefined => {
      const child = childOf(root, name);
      return child === undefined ? undefined : textOf(child);
    };
    const parentElement = childOf(root, 'parent');
    const given = parentElement === undefined ? undefined : childOf(parentElement, 'name');
    const redefine = options.redefine === true;
    const parent = redefine ? (given === undefined ? undefined : textOf(given)) : lastOf(domain);
    if (parent !== undefined && !domain.checkpoints.has(parent))
      throw testError('INVALID_ARG', `parent ${parent} for moment ${text('name') ?? ''} not found`);
    const name = text('name') ?? seconds;
    if (domain.checkpoints.has(name) && !redefine)
      throw testError('OPERATION_FAILED', `domain moment ${name} already exists`);
    const document = redefine ? xml : this.#format(domain, name, parent, text('description'), seconds);
    const checkpoint = { name, parent, xml: document };
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

  #format(
    { current }: TestDomain,
    name: string,
    parent: string | undefined,
    description: string | undefined,
    time: string,
  ): string {
    const disks = current.devices.disks.map(
      ({ target }) => `    <disk name='${escapeText(target.dev)}' checkpoint='bitmap' bitmap='${escapeText(name)}'/>`,
    );
    const guest = this.#documents.formatDomain(current, { live: false, secure: true });
    return [
      '<domaincheckpoint>',
      `  <name>${escapeText(name)}</name>`,
      ...(description === undefined ? [] : [`  <description>${escapeText(description)}</description>`]),
      ...(parent === undefined ? [] : ['  <parent>', `    <name>${escapeText(parent)}</name>`, '  </parent>']),
      `  <creationTime>${escapeText(time)}</creationTime>`,
      ...(disks.length === 0 ? [] : ['  <disks>', ...disks, '  </disks>']),
      ...guest
        .trimEnd()
        .split('\n')
        .map((line) => `  ${line}`),
      '</domaincheckpoint>',
      '',
    ].join('\n');
  }
}

const nodeOf = ({ name, parent }: TestCheckpoint): CheckpointNode =>
  parent === undefined ? { name } : { name, parent };

const lastOf = (domain: TestDomain): string | undefined => [...domain.checkpoints.keys()].at(-1);

function descendants(domain: TestDomain, name: string): readonly string[] {
  const direct = [...domain.checkpoints.values()].filter((checkpoint) => checkpoint.parent === name);
  return direct.flatMap((checkpoint) => [checkpoint.name, ...descendants(domain, checkpoint.name)]);
}
