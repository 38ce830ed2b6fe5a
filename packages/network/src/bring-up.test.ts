import type { Links } from '@virtkit/host';
import { expect, test } from 'vitest';
import { bringUp } from './bring-up.js';
import { networkOf } from './testing/documents.js';
import type { NetworkTools } from './tools.js';

const { signal } = new AbortController();
const withFunctions = (names: readonly string[]): NetworkTools => {
  const links: Pick<Links, 'virtualFunctions'> = { virtualFunctions: async () => names };
  return { links } as unknown as NetworkTools; // nothing else is asked for
};
const parts = networkOf("<network><name>n</name><forward mode='hostdev'><pf dev='eth9'/></forward></network>");

test('a network of parts of a card is not started where the card has none', async () => {
  await expect(bringUp(parts, withFunctions([]), signal)).rejects.toThrow(
    "internal error: No usable Vf's present on SRIOV PF eth9",
  );
  expect(await bringUp(parts, withFunctions(['virtfn0']), signal)).toBeUndefined();
});
