import type { InterfaceFacet, InterfaceRef, InterfaceSummary } from '@virtkit/core';
import { attributeOf, childOf, readDocument } from '@virtkit/xml';
import { testError } from '../errors.js';
import type { TestInterface, World } from '../world/world.js';

/** The pretended host's interfaces, with changes that can be taken back. */
export class TestInterfaces implements InterfaceFacet {
  constructor(private readonly world: World) {}

  list(): Promise<readonly InterfaceSummary[]> {
    const all = [...this.world.interfaces.values()];
    return Promise.resolve(all.map(({ name, mac, active }) => ({ ref: { name, mac }, active })));
  }

  definition(name: string): Promise<string> {
    return Promise.resolve(this.#interface(name).xml);
  }

  define(xml: string): Promise<InterfaceRef> {
    const { root } = readDocument(xml);
    const name = attributeOf(root, 'name');
    if (root.name !== 'interface' || name === undefined) throw testError('XML_ERROR', 'interface has no name');
    const macElement = childOf(root, 'mac');
    const mac = (macElement === undefined ? undefined : attributeOf(macElement, 'address')) ?? '';
    this.world.interfaces.set(name, { name, mac, xml, active: this.world.interfaces.get(name)?.active ?? false });
    return Promise.resolve({ name, mac });
  }

  undefine(name: string): Promise<void> {
    this.#interface(name);
    this.world.interfaces.delete(name);
    return Promise.resolve();
  }

  start(name: string): Promise<void> {
    this.#setActive(name, true);
    return Promise.resolve();
  }

  stop(name: string): Promise<void> {
    this.#setActive(name, false);
    return Promise.resolve();
  }

  beginChange(): Promise<void> {
    if (this.world.interfacesBefore !== undefined)
      throw testError('OPERATION_INVALID', 'there is another transaction running.');
    this.world.interfacesBefore = new Map([...this.world.interfaces].map(([name, one]) => [name, { ...one }]));
    return Promise.resolve();
  }

  commitChange(): Promise<void> {
    this.#running('commit');
    this.world.interfacesBefore = undefined;
    return Promise.resolve();
  }

  rollbackChange(): Promise<void> {
    const before = this.#running('rollback');
    this.world.interfaces.clear();
    for (const [name, one] of before) this.world.interfaces.set(name, one);
    this.world.interfacesBefore = undefined;
    return Promise.resolve();
  }

  #running(what: string): ReadonlyMap<string, TestInterface> {
    const before = this.world.interfacesBefore;
    if (before === undefined) throw testError('OPERATION_INVALID', `no transaction running, nothing to ${what}.`);
    return before;
  }

  #interface(name: string): TestInterface {
    const found = this.world.interfaces.get(name);
    if (found === undefined) throw testError('NO_INTERFACE');
    return found;
  }

  #setActive(name: string, active: boolean): void {
    const found = this.#interface(name);
    if (found.active === active) throw testError('OPERATION_INVALID');
    found.active = active;
  }
}
