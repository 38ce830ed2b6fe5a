import {
  attr,
  attributeOf,
  element,
  type FieldsOf,
  int64,
  list,
  oneOf,
  optAttr,
  optChild,
  type ReadContext,
  text,
  uint64,
  union,
  type VariantsOf,
  violated,
  type XmlNode,
  yesNo,
} from '@virtkit/xml';
import { errorsFrom } from '../errors/virt-error.js';
import { missing, refuse, unsupported } from '../values/failures.js';

const domainError = errorsFrom('DOMAIN');

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
const timers = list(element<Timer>('timer', timerRows, { refine: checkTimer }));

/** Some settings are known of some timers only. */
function checkTimer({ name, track, frequency, mode, catchup, tickpolicy }: Timer): void {
  const refuseSetting = (what: string): never => {
    throw domainError('CONFIG_UNSUPPORTED', `timer ${name} doesn't support setting of timer ${what}`);
  };
  if (tickpolicy !== undefined && (name === 'kvmclock' || name === 'hypervclock')) refuseSetting('tickpolicy');
  if (track !== undefined && name !== 'rtc' && name !== 'platform') refuseSetting('track');
  if (frequency !== undefined && name !== 'tsc') refuseSetting('frequency');
  if (mode !== undefined && name !== 'tsc') refuseSetting('mode');
  if (catchup !== undefined && Object.keys(catchup).length > 0 && tickpolicy !== 'catchup') {
    throw domainError('XML_ERROR', "setting of timer catchup policies is only supported with tickpolicy='catchup'");
  }
}

/** `reset` or seconds; libvirt keeps the number. */
const adjustment = {
  parse: (value: string) =>
    value === 'reset' ? value : /^[-+]?\d{1,19}$/.test(value) ? String(BigInt(value.replace('+', ''))) : undefined,
  format: (value: string) => value,
};

const badAdjustment = refuse('XML_ERROR', "unknown clock adjustment '$'");
/** What is no number counts as none. */
const looseSeconds = { ...int64, parse: (value: string) => int64.parse(value) ?? 0 };
const needs = (name: string, offset: string) => {
  const text = `missing '${name}' attribute for clock with offset='${offset}'`;
  return { ...refuse('INTERNAL_ERROR', text), ...missing('INTERNAL_ERROR', text) };
};

const clocks = {
  utc: { adjustment: optAttr(adjustment, badAdjustment), timers },
  localtime: { adjustment: optAttr(adjustment, badAdjustment), timers },
  variable: {
    adjustment: attr(looseSeconds, { default: 0 }),
    basis: attr(oneOf('utc', 'localtime'), { default: 'utc', ...unsupported("unknown clock basis '$'") }),
    timers,
  },
  timezone: { timezone: attr(text, needs('timezone', 'timezone')), timers },
  absolute: { start: attr(uint64, needs('start', 'absolute')), timers },
};
/** `<clock>`: `adjustment` and `start` in seconds. */
export type Clock = VariantsOf<'offset', typeof clocks>;

/** A clock that is told to be off by some seconds is a variable one. */
function makeVariable(value: Clock, node: XmlNode, context: ReadContext): void {
  if (attributeOf(node, 'offset') === undefined) violated(node, context);
  if (value.offset !== 'utc' && value.offset !== 'localtime') return;
  const { offset, adjustment: seconds } = value;
  if (seconds === undefined || seconds === 'reset') return;
  Object.assign(value, { offset: 'variable', adjustment: int64.parse(seconds), basis: offset });
}

export const clock = union<Clock>('clock', 'offset', clocks, {
  default: 'utc',
  refine: makeVariable,
  ...unsupported("unknown clock offset '$'"),
});
