import type { Domain } from '@virtkit/schema';
import { unsupported } from './refuse.js';

/** Timers QEMU has, and what it does with ticks that a guest missed. */
export function checkClock({ clock }: Domain): void {
  for (const { name, tickpolicy, track } of clock.timers) {
    if (name === 'platform') unsupported("unsupported timer type (name) 'platform'");
    if (name === 'rtc' && track === 'boot') unsupported("unsupported rtc timer track 'boot'");
    if (name === 'rtc' && (tickpolicy === 'merge' || tickpolicy === 'discard'))
      unsupported(`unsupported rtc timer tickpolicy '${tickpolicy}'`);
    if (name === 'pit' && tickpolicy === 'merge') unsupported("unsupported pit tickpolicy 'merge'");
  }
}
