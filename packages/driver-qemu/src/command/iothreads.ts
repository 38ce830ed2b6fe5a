import type { DefaultIothread, Iothread } from '@virtkit/schema';
import type { JsonObject } from './json.js';
import type { Section } from './context.js';
import { object } from './option.js';

/** Objects of the I/O threads and of the main loop's thread pool. */
export const iothreadsSection: Section = ({ domain }) => [
  ...(domain.iothreadids ?? []).map((iothread) => object(iothreadProperties(iothread))),
  ...(domain.defaultiothread
    ? [object({ 'qom-type': 'main-loop', id: 'main-loop', ...poolProperties(domain.defaultiothread) })]
    : []),
];

/** Properties of one thread (`object-add`). */
export const iothreadProperties = (iothread: Iothread): JsonObject => ({
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
