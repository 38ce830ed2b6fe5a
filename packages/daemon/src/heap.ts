import { PerformanceObserver } from 'node:perf_hooks';
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** Where the young generation stops growing: rare enough collections, little enough memory. Default: 3 × 16 MiB. */
const YOUNG_BYTES = 8 << 20;

/**
 * Makes this process give memory back sooner than Node does by itself. A daemon lives for months and is busy for
 * moments: by default a burst of calls leaves a heap of several times what is in use behind. Costs a few per cent of
 * processor time under load. Called once, before work begins.
 */
export function keepHeapSmall(): void {
  // The old generation is collected when it is this many per cent above what was alive, not at up to four times of it.
  setFlagsFromString('--heap-growing-percent=40');
  const observer = new PerformanceObserver(() => {
    if (youngBytes() < YOUNG_BYTES) return;
    setFlagsFromString('--semi-space-growth-factor=1');
    observer.disconnect();
  });
  observer.observe({ entryTypes: ['gc'] });
}

const youngBytes = (): number =>
  getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space')?.space_size ?? 0;
