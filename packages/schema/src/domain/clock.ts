import {
  attr,
  element,
  type FieldsOf,
  int64,
  list,
  oneOf,
  optAttr,
  optChild,
  text,
  uint64,
  union,
  type VariantsOf,
  yesNo,
} from '@virtkit/xml';
import { unsupported } from '../values/failures.js';

const catchupRows = {
  threshold: optAttr(uint64, { omit: 0 }),
  slew: optAttr(uint64, { omit: 0 }),
  limit: optAttr(uint64, { omit: 0 }),
};
export interface TimerCatchup extends FieldsOf<typeof catchupRows> {}

const timerRows = {
  name: attr(oneOf('platform', 'pit', 'rtc', 'hpet', 'tsc', 'kvmclock', 'hypervclock', 'armvtimer')),
  present: optAttr(yesNo),
  tickpolicy: optAttr(oneOf('delay', 'catchup', 'merge', 'discard')),
  track: optAttr(oneOf('boot', 'guest', 'wall', 'realtime')),
  frequency: optAttr(uint64),
  mode: optAttr(oneOf('auto', 'native', 'emulate', 'paravirt', 'smpsafe')),
  catchup: optChild(element<TimerCatchup>('catchup', catchupRows, { omitEmpty: true })),
};
/** One timer, `frequency` in Hz. */
export interface Timer extends FieldsOf<typeof timerRows> {}
const timers = list(element<Timer>('timer', timerRows));

/** `reset` or seconds; libvirt keeps the number. */
const adjustment = {
  parse: (value: string) =>
    value === 'reset' ? value : /^[-+]?\d{1,19}$/.test(value) ? String(BigInt(value.replace('+', ''))) : undefined,
  format: (value: string) => value,
};

const clocks = {
  utc: { adjustment: optAttr(adjustment), timers },
  localtime: { adjustment: optAttr(adjustment), timers },
  variable: {
    adjustment: attr(int64, { default: 0, ...unsupported("unknown clock adjustment '$'") }),
    basis: attr(oneOf('utc', 'localtime'), { default: 'utc', ...unsupported("unknown clock basis '$'") }),
    timers,
  },
  timezone: { timezone: attr(text), timers },
  absolute: { start: attr(uint64), timers },
};
/** `<clock>`: `adjustment` and `start` in seconds. */
export type Clock = VariantsOf<'offset', typeof clocks>;
export const clock = union<Clock>('clock', 'offset', clocks, {
  default: 'utc',
  ...unsupported("unknown clock offset '$'"),
});
