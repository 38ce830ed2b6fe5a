import type { Domain } from '@virtkit/schema';
import { archOf, isArmVirt, machineOf } from '../complete/machine.js';
import { unsupported } from './refuse.js';

/** Timers QEMU has, and what it does with ticks that a guest missed. */
export function checkClock(domain: Domain): void {
  for (const { name, tickpolicy, track } of domain.clock.timers) {
    if (name === 'armvtimer' && !isArmVirt(domain)) unsupported(onlyElsewhere(name, domain));
    if (name === 'platform') unsupported("unsupported timer type (name) 'platform'");
    if (name === 'rtc' && track === 'boot') unsupported("unsupported rtc timer track 'boot'");
    if (name === 'rtc' && (tickpolicy === 'merge' || tickpolicy === 'discard'))
      unsupported(`unsupported rtc timer tickpolicy '${tickpolicy}'`);
    if (name === 'pit' && tickpolicy === 'merge') unsupported("unsupported pit tickpolicy 'merge'");
  }
}

const onlyElsewhere = (name: string, domain: Domain): string =>
  `Configuring the '${name}' timer is not supported for virtType=${domain.type} arch=${archOf(domain)} machine=${machineOf(domain)} guests`;
