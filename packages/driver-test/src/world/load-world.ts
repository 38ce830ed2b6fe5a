import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { SchemaDocuments } from '@virtkit/core';
import {
  attributeOf,
  childOf,
  childrenOf,
  readDocument,
  readRaw,
  textOf,
  writeRaw,
  type XmlDocument,
  type XmlNode,
} from '@virtkit/xml';
import { testDialect } from '../dialect.js';
import { testError } from '../errors.js';
import { defaultWorld } from './default-world.js';
import type { Domain } from '@virtkit/schema';
import { TestPool } from './test-pool.js';
import { nameInterfaces, World } from './world.js';

const namespace = 'http://libvirt.org/schemas/domain/test/1.0';
const states = ['nostate', 'running', 'blocked', 'paused', 'shutdown', 'shutoff', 'crashed', 'pmsuspended'] as const;

/** One object of the description: its text, and the element it came from. */
interface Part {
  readonly xml: string;
  readonly node: XmlNode;
}

/** A world from a `<node>` document: every object is there and, where it can be, active. */
export class WorldLoader {
  readonly #documents = new SchemaDocuments(testDialect);

  default(signal: AbortSignal): Promise<World> {
    return this.#load(readDocument(defaultWorld), '/', signal);
  }

  /** Throws with the path of a file that cannot be read. */
  file(path: string, signal: AbortSignal): Promise<World> {
    return this.#load(readDocument(readText(path)), dirname(path), signal);
  }

  async #load(document: XmlDocument, folder: string, signal: AbortSignal): Promise<World> {
    if (document.root.name !== 'node') throw testError('XML_ERROR', "Root element is not 'node'");
    const world = new World();
    this.#loadHost(world, document.root);
    const parts = (name: string): readonly Part[] => partsOf(document, name, folder);
    for (const part of parts('domain')) await this.#loadDomain(world, part, signal);
    for (const { xml } of parts('network')) await this.#loadNetwork(world, xml, signal);
    for (const { xml, node } of parts('interface')) loadInterface(world, xml, node);
    for (const part of parts('pool')) await this.#loadPool(world, part, { document, folder }, signal);
    for (const { xml, node } of parts('device')) loadNodeDevice(world, xml, node);
    return world;
  }

  #loadHost(world: World, root: XmlNode): void {
    const cpu = childOf(root, 'cpu');
    const memory = numberOf(root, 'memory');
    const count = (name: string, fallback: number): number =>
      cpu === undefined ? fallback : (numberOf(cpu, name) ?? fallback);
    const { node } = world;
    const model = cpu === undefined ? undefined : childOf(cpu, 'model');
    world.node = {
      model: model === undefined ? node.model : textOf(model),
      memoryKiB: memory ?? node.memoryKiB,
      cpus: count('active', node.cpus),
      mhz: count('mhz', node.mhz),
      nodes: count('nodes', node.nodes),
      sockets: count('sockets', node.sockets),
      cores: count('cores', node.cores),
      threads: count('threads', node.threads),
    };
  }

  async #loadDomain(world: World, { xml, node }: Part, signal: AbortSignal): Promise<void> {
    const definition = await this.#documents.domain(xml, 'load', {}, signal);
    const domain = world.enter(definition);
    domain.config = definition;
    if (childOf(node, `{${namespace}}hasmanagedsave`) !== undefined) domain.managedSave = definition;
    const state = states[numberOf(node, `{${namespace}}runstate`) ?? 1];
    if (state === undefined) throw testError('XML_ERROR', 'runstate must be a number of a domain state');
    if (state === 'shutoff') domain.set('shutoff', 'unknown');
    else {
      domain.config = named(definition);
      world.start(domain, domain.config, 'unknown', state === 'paused');
      if (state !== 'running' && state !== 'paused') domain.set(state, 'unknown');
    }
    if (childOf(node, `{${namespace}}transient`) !== undefined && domain.active) domain.config = undefined;
  }

  async #loadNetwork(world: World, xml: string, signal: AbortSignal): Promise<void> {
    const definition = await this.#documents.network(xml, {}, signal);
    const network = { definition, active: true, persistent: true, autostart: false, generation: 0 };
    world.networks.set(definition.uuid ?? '', network);
  }

  async #loadPool(
    world: World,
    { xml, node }: Part,
    { document, folder }: { readonly document: XmlDocument; readonly folder: string },
    signal: AbortSignal,
  ): Promise<void> {
    const pool = new TestPool(await this.#documents.pool(xml, {}, signal));
    pool.active = true;
    world.pools.set(pool.definition.uuid, pool);
    for (const { xml: volumeXml } of partsBelow(node, document, 'volume', folder)) {
      const definition = await this.#documents.volume(volumeXml, pool.definition, {}, signal);
      pool.volumes.set(definition.name, { name: definition.name, definition, bytes: new Uint8Array(0) });
    }
  }
}

/** Interfaces of a guest that runs have names, in both its definitions. */
function named(definition: Domain): Domain {
  const copy = structuredClone(definition);
  nameInterfaces(copy);
  return copy;
}

function loadInterface(world: World, xml: string, node: XmlNode): void {
  const name = attributeOf(node, 'name') ?? '';
  const mac = childOf(node, 'mac');
  const address = mac === undefined ? '' : (attributeOf(mac, 'address') ?? '');
  world.interfaces.set(name, { name, mac: address, xml, active: true });
}

function loadNodeDevice(world: World, xml: string, node: XmlNode): void {
  const text = (child: string): string | undefined => {
    const found = childOf(node, child);
    return found === undefined ? undefined : textOf(found);
  };
  const name = text('name') ?? '';
  const parent = text('parent');
  world.nodeDevices.set(name, {
    name,
    ...(parent !== undefined && { parent }),
    capabilities: capabilitiesOf(node),
    active: true,
    persistent: false,
    autostart: false,
    xml,
  });
}

function capabilitiesOf(node: XmlNode): readonly string[] {
  return childrenOf(node, 'capability').flatMap((capability) => {
    const type = attributeOf(capability, 'type');
    return [...(type === undefined ? [] : [type]), ...capabilitiesOf(capability)];
  });
}

const partsOf = (document: XmlDocument, name: string, folder: string): readonly Part[] =>
  partsBelow(document.root, document, name, folder);

function partsBelow(parent: XmlNode, document: XmlDocument, name: string, folder: string): readonly Part[] {
  return childrenOf(parent, name).map((node) => {
    const file = attributeOf(node, 'file');
    if (file === undefined) return { xml: singleQuoted(writeRaw(readRaw(document.text, node.start), '')), node };
    const xml = readText(resolve(folder, file));
    return { xml, node: readDocument(xml).root };
  });
}

function numberOf(parent: XmlNode, name: string): number | undefined {
  const found = childOf(parent, name);
  if (found === undefined) return undefined;
  const value = Number(textOf(found));
  if (!Number.isSafeInteger(value) || value < 0) throw testError('XML_ERROR', `invalid number in <${name}>`);
  return value;
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw testError(
      'INTERNAL_ERROR',
      `cannot read '${path}': ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
  }
}

/** As documents are printed; a value that holds an apostrophe keeps its quotes. */
const singleQuoted = (xml: string): string => xml.replace(/="([^"']*)"/g, "='$1'");
