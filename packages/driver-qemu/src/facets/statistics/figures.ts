import type { JsonValue } from '../../command/json.js';
import type { RunningGuest } from '../../guests/find-guest.js';
import { bigintAt, objectAt, textAt } from '../../monitor/json-reading.js';
import type { QmpConnection } from '../../monitor/qmp-connection.js';
import { isCommandError } from '../../monitor/qmp-error.js';
import {
  readBalloonKiB,
  readBlockStatistics,
  readNodeSizes,
  type BlockSizes,
  type BlockStatistics,
} from '../../monitor/queries/blocks.js';
import { readBalloonStatistics, type BalloonStatistics } from './balloon.js';

/** What only QEMU itself can tell of a running guest. */
export interface Figures {
  readonly at: number;
  readonly blocks: BlockStatistics;
  readonly sizes: ReadonlyMap<string, BlockSizes>;
  readonly balloonKiB: number | undefined;
  readonly balloon: BalloonStatistics | undefined;
  readonly dirtyRate: DirtyRate | undefined;
}
/** `query-dirty-rate` */
export interface DirtyRate {
  readonly status: string;
  readonly startTime: bigint;
  readonly periodSeconds: bigint;
  readonly mode: string;
  readonly rate: bigint | undefined;
}

/** Milliseconds a guest has to answer; after that its last known figures count. */
export const answerMs = 500;

/** Figures of one guest, and how old they are. */
export interface AgedFigures {
  readonly figures: Figures | undefined;
  /** Absent when the guest just answered. */
  readonly ageMs?: number;
}

interface Known {
  running: Promise<Figures> | undefined;
  last: Figures | undefined;
}

/**
 * Asks guests for figures, all questions of one at once and one round at a time each: however many clients ask a guest
 * that hangs, it is asked once, and they get what was known last.
 */
export class FigureReader {
  readonly #known = new WeakMap<QmpConnection, Known>();

  async read({ monitor, definition }: RunningGuest, options: { readonly nowait?: boolean } = {}): Promise<AgedFigures> {
    const known = this.#of(monitor);
    const started = performance.now();
    if (known.running === undefined) this.#ask(known, monitor, balloonAlias(definition));
    if (options.nowait !== true || known.last === undefined) await within(known.running, answerMs);
    const { last } = known;
    if (last === undefined) return { figures: undefined, ageMs: performance.now() - started };
    return last.at >= started ? { figures: last } : { figures: last, ageMs: Math.round(performance.now() - last.at) };
  }

  #of(monitor: QmpConnection): Known {
    const known = this.#known.get(monitor) ?? { running: undefined, last: undefined };
    this.#known.set(monitor, known);
    return known;
  }

  #ask(known: Known, monitor: QmpConnection, balloon: string | undefined): void {
    known.running = askFigures(monitor, balloon);
    known.running
      .then((figures) => {
        known.last = figures;
      })
      .catch(() => undefined) // who waited sees that nothing new is known
      .finally(() => {
        known.running = undefined;
      });
  }
}

async function within(work: Promise<unknown> | undefined, milliseconds: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  await Promise.race([work?.catch(() => undefined), limit]);
  clearTimeout(timer);
}

const balloonAlias = ({ devices }: RunningGuest['definition']): string | undefined =>
  devices.memballoon?.model === 'none' ? undefined : devices.memballoon?.alias;

async function askFigures(monitor: QmpConnection, balloon: string | undefined): Promise<Figures> {
  const [blocks, nodes, actual, statistics, dirty] = await Promise.all([
    optional(monitor.execute('query-blockstats')),
    optional(monitor.execute('query-named-block-nodes', { flat: true })),
    balloon === undefined ? undefined : optional(monitor.execute('query-balloon')),
    balloon === undefined
      ? undefined
      : optional(monitor.execute('qom-get', { path: `/machine/peripheral/${balloon}`, property: 'guest-stats' })),
    optional(monitor.execute('query-dirty-rate')),
  ]);
  return {
    at: performance.now(),
    blocks: readBlockStatistics(blocks),
    sizes: readNodeSizes(nodes),
    balloonKiB: readBalloonKiB(actual),
    balloon: statistics === undefined ? undefined : readBalloonStatistics(statistics),
    dirtyRate: readDirtyRate(dirty),
  };
}

/** A question this QEMU does not know, or cannot answer now, has no answer. */
async function optional(work: Promise<JsonValue>): Promise<JsonValue> {
  try {
    return await work;
  } catch (cause) {
    if (isCommandError(cause)) return undefined;
    throw cause;
  }
}

function readDirtyRate(answer: JsonValue): DirtyRate | undefined {
  const status = textAt(answer, 'status');
  if (status === undefined) return undefined;
  return {
    status,
    startTime: bigintAt(answer, 'start-time') ?? 0n,
    periodSeconds: bigintAt(answer, 'calc-time') ?? 0n,
    mode: textAt(answer, 'mode') ?? 'page-sampling',
    rate: bigintAt(objectAt({ answer }, 'answer'), 'dirty-rate'),
  };
}
