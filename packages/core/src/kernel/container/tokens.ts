import 'reflect-metadata';
import { container, type DependencyContainer, type InjectionToken, instanceCachingFactory } from 'tsyringe';
import type { EventBus } from '../../events/event-bus.js';
import type { ObjectStores } from '../../objects/object-stores.js';
import type { KernelOptions } from '../options.js';
import type { PluginHost } from '../plugins/plugin-host.js';
import type { Drivers } from '../drivers.js';

/** A typed name of a part. */
export type Token<T> = InjectionToken<T> & symbol;

// A symbol carries no type; the token says what the container answers for it.
export const token = <T>(name: string): Token<T> => Symbol(`virtkit.${name}`) as unknown as Token<T>;

export const optionsToken = token<KernelOptions>('options');
export const eventBusToken = token<EventBus>('eventBus');
export const objectStoresToken = token<ObjectStores>('objectStores');
export const pluginHostToken = token<PluginHost>('pluginHost');
export const driversToken = token<Drivers>('drivers');

/** A container of one kernel: never the global one, so that two kernels in a process share nothing. */
export const newContainer = (): DependencyContainer => container.createChildContainer();

/** Made when first asked for, once per container. */
export function provide<T>(into: DependencyContainer, name: Token<T>, make: (from: DependencyContainer) => T): void {
  into.register(name, { useFactory: instanceCachingFactory(make) });
}
