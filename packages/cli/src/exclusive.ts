import type { Values } from './command.js';
import { UsageError } from './usage-error.js';

/** @throws UsageError in virsh's words where two of these options are given */
export function exclusive(values: Values, ...names: readonly string[]): void {
  const [first, second] = names.filter((name) => values.has(name));
  if (second !== undefined) throw new UsageError(`Options --${first} and --${second} are mutually exclusive`);
}

/** @throws UsageError in virsh's words where an option is given without the one it needs */
export function needs(values: Values, option: string, needed: string): void {
  if (values.has(option) && !values.has(needed))
    throw new UsageError(`Option --${needed} is required by option --${option}`);
}
