import { flag, type OptionRow, type Values } from './command.js';
import { UsageError } from './usage-error.js';

/** `--live --config --current`, as nearly every change has them. */
export const targetOptions: readonly OptionRow[] = [
  flag('config', 'affect next boot'),
  flag('live', 'affect running domain'),
  flag('current', 'affect current domain'),
];

const AFFECT = { live: 1, config: 2 } as const;

/** The flag bits. @throws UsageError for a contradiction */
export function targetFlags(values: Values): number {
  if (values.flag('current') && (values.flag('live') || values.flag('config'))) {
    const other = values.flag('live') ? 'live' : 'config';
    throw new UsageError(`Options --current and --${other} are mutually exclusive`);
  }
  return (values.flag('live') ? AFFECT.live : 0) | (values.flag('config') ? AFFECT.config : 0);
}

/** As `targetFlags`, where `--persistent` means config, and live too for a running domain. */
export function persistentFlags(values: Values, active: boolean): number {
  const flags = targetFlags(values);
  if (!values.flag('persistent')) return flags;
  return flags | AFFECT.config | (active ? AFFECT.live : 0);
}
export const persistentOption = flag('persistent', 'make live change persistent');
