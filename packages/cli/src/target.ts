import { targetFlags as bits } from '@virtkit/protocol';
import { flag, type OptionRow, type Values } from './command.js';
import { exclusive } from './exclusive.js';
import { flagSet } from './flag-set.js';

const targets = flagSet(bits, [
  ['config', 'config', 'affect next boot'],
  ['live', 'live', 'affect running domain'],
]);

/** `--live --config --current`, as nearly every change has them. */
export const targetOptions: readonly OptionRow[] = [...targets.options, flag('current', 'affect current domain')];

/** The flag bits. @throws UsageError for a contradiction */
export function targetFlags(values: Values): number {
  exclusive(values, 'current', 'live');
  exclusive(values, 'current', 'config');
  return targets.bits(values);
}

/** As `targetFlags`, where `--persistent` means config, and live too for a running domain. */
export function persistentFlags(values: Values, active: boolean): number {
  exclusive(values, 'persistent', 'current');
  const flags = targetFlags(values);
  if (!values.flag('persistent')) return flags;
  return flags | bits.config | (active ? bits.live : 0);
}
export const persistentOption = flag('persistent', 'make live change persistent');
