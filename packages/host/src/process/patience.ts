import { setTimeout as sleep } from 'node:timers/promises';

const longestPause = 50;
/** Of the time that was waited already, so that the end is seen at most this much later than it was. */
const pausePart = 1 / 8;

/**
 * Asks until the answer is yes, with growing pauses (1 to 50 ms); false when it is still no after `timeoutMs`. For what
 * the kernel tells nobody of.
 */
export async function askUntil(
  ask: () => Promise<boolean>,
  { timeoutMs = Number.POSITIVE_INFINITY, signal }: { readonly timeoutMs?: number; readonly signal?: AbortSignal } = {},
): Promise<boolean> {
  const start = performance.now();
  while (!(await ask())) {
    const waited = performance.now() - start;
    if (waited >= timeoutMs) return false;
    await sleep(Math.max(1, Math.min(waited * pausePart, longestPause)), undefined, signal && { signal });
  }
  return true;
}
