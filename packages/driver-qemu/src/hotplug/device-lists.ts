import type { Domain } from '@virtkit/schema';

interface Named {
  readonly alias?: string | undefined;
}

/** All lists of devices a definition has. */
export const deviceLists = ({ devices }: Domain): readonly Named[][] =>
  Object.values(devices).filter((value): value is Named[] => Array.isArray(value));

/** Takes the device with this alias out of the definition. */
export function withoutAlias(definition: Domain, alias: string): void {
  for (const list of deviceLists(definition)) {
    const index = list.findIndex((device) => device.alias === alias);
    if (index >= 0) list.splice(index, 1);
  }
}
