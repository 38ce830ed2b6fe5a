import type { DefaultIothread, Domain, Iothread } from '@virtkit/schema';
import type { JsonObject } from './json.js';
import type { Section } from './context.js';
import { object } from './option.js';

/** Objects of the I/O threads and of the main loop's thread pool. */
export const iothreadsSection: Section = ({ domain }) => [
  ...iothreadsOf(domain).map((iothread) => object(iothreadProperties(iothread))),
  ...(domain.defaultiothread
    ? [object({ 'qom-type': 'main-loop', id: 'main-loop', ...poolProperties(domain.defaultiothread) })]
    : []),
];

/** The threads of a document: those it numbers, and as many others as its count says, with the lowest free numbers. */
function iothreadsOf({ iothreads = 0, iothreadids = [] }: Domain): readonly Iothread[] {
  const taken = new Set(iothreadids.map(({ id }) => id));
  const all = [...iothreadids];
  for (let id = 1; all.length < iothreads; id += 1) if (!taken.has(id)) all.push({ id });
  return all;
}

/** Properties of one thread (`object-add`). */
const iothreadProperties = (iothread: Iothread): JsonObject => ({
  'qom-type': 'iothread',
  id: `iothread${iothread.id}`,
  ...poolProperties(iothread),
  'poll-max-ns': iothread.poll?.max,
  'poll-grow': iothread.poll?.grow,
  'poll-shrink': iothread.poll?.shrink,
});

const poolProperties = (pool: DefaultIothread): JsonObject => ({
  'thread-pool-min': pool.threadPoolMin,
  'thread-pool-max': pool.threadPoolMax,
});
