import type { Domain } from '@virtkit/schema';
import { isX86 } from './architecture.js';
import { has, type CommandContext, type Section } from './context.js';
import { flag, option, pairs, type PairInput, type QemuOption } from './option.js';
import type { StartTime } from './start-time.js';

/** `-rtc`, and how the other timers catch up. */
export const clockSection: Section = (context) => {
  const { clock } = context.domain;
  const rtc = clock.timers.find(({ name }) => name === 'rtc');
  return [
    pairs('rtc', ['base', base(context)], rtcTrack(rtc?.track), rtc?.tickpolicy === 'catchup' && ['driftfix', 'slew']),
    ...clock.timers.flatMap((timer) => timerOptions(timer, context)),
  ];
};

function base({ domain, start }: CommandContext): string {
  const { clock } = domain;
  switch (clock.offset) {
    case 'localtime':
    case 'timezone':
      return 'localtime';
    case 'variable':
      return timestamp(variableStart(clock, start.now));
    case 'absolute':
      return timestamp(Number(clock.start ?? 0));
    default:
      return 'utc';
  }
}

/** The adjustment is relative to the host's time, either as UTC or as its local time. Seconds. */
const variableStart = (clock: Extract<Domain['clock'], { offset: 'variable' }>, now: StartTime): number =>
  now.utc + Number(clock.adjustment) + (clock.basis === 'localtime' ? now.localOffset : 0);

const timestamp = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 19);

const tracks: Readonly<Record<string, string>> = { guest: 'vm', wall: 'host', realtime: 'rt' };

const rtcTrack = (track: string | undefined): PairInput => {
  const source = track === undefined ? undefined : tracks[track];
  return source && ['clock', source];
};

type Timer = Domain['clock']['timers'][number];

function timerOptions(timer: Timer, context: CommandContext): readonly QemuOption[] {
  if (timer.name === 'hpet')
    return timer.present === false && isX86(context.domain.os.type.arch ?? '') && !has(context, 'machine-hpet')
      ? [flag('no-hpet')]
      : [];
  if (timer.name !== 'pit' || !has(context, 'kvm-pit-lost-tick-policy')) return [];
  const policy = timer.tickpolicy ?? 'delay';
  return policy === 'delay' || policy === 'discard' ? [option('global', `kvm-pit.lost_tick_policy=${policy}`)] : [];
}
