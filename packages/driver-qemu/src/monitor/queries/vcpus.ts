import type { JsonObject, JsonValue } from '../../command/json.js';
import { numberAt, objectAt, objectsOf, textAt } from '../json-reading.js';

/** A virtual CPU that is plugged. */
export interface CpuState {
  readonly index: number;
  readonly thread: number;
  readonly path: string;
  readonly halted?: boolean;
}

/** `query-cpus-fast`, by number. */
export const readCpus = (answer: JsonValue): readonly CpuState[] =>
  objectsOf(answer)
    .map((cpu) => ({
      index: numberAt(cpu, 'cpu-index') ?? -1,
      thread: numberAt(cpu, 'thread-id') ?? 0,
      path: textAt(cpu, 'qom-path') ?? '',
    }))
    .sort((a, b) => a.index - b.index);

/** A place for a virtual CPU. */
export interface CpuSlot {
  readonly type: string;
  readonly vcpus: number;
  /** Where it sits (`socket-id`, `core-id`, `thread-id` …), as `device_add` takes it. */
  readonly props: JsonObject;
  /** QOM path of the CPU in it; absent while it is empty. */
  readonly path?: string;
  /** Alias of a CPU that was plugged in by us. */
  readonly alias?: string;
}

/** `query-hotpluggable-cpus`, in the order of the sockets, cores and threads. */
export const readCpuSlots = (answer: JsonValue): readonly CpuSlot[] =>
  objectsOf(answer)
    .map(readSlot)
    .sort((a, b) => place(a) - place(b));

function readSlot(entry: JsonObject): CpuSlot {
  const path = textAt(entry, 'qom-path');
  const alias = path === undefined ? undefined : /^\/machine\/peripheral\/([^/]+)$/.exec(path)?.[1];
  return {
    type: textAt(entry, 'type') ?? '',
    vcpus: numberAt(entry, 'vcpus-count') ?? 1,
    props: objectAt(entry, 'props'),
    ...(path === undefined ? {} : { path }),
    ...(alias === undefined ? {} : { alias }),
  };
}

const place = ({ props }: CpuSlot): number =>
  ['node-id', 'socket-id', 'die-id', 'cluster-id', 'core-id', 'thread-id'].reduce(
    (sum, key) => sum * 1024 + (numberAt(props, key) ?? 0),
    0,
  );
