import type { ByteSink, OpenFile, StorageFacet } from '@virtkit/core';
import { storageError } from '../errors.js';
import type { Pools } from './pools.js';
import { refreshed } from './volume-queries.js';

type Transfer = Required<Pick<StorageFacet, 'read' | 'write'>>;

/** Bytes in and out. A volume is in use as long as its file is open. */
export function volumeTransfer(pools: Pools): Transfer {
  return {
    async read(ref, range, options, call) {
      const { pool, state, volume } = pools.volume(ref);
      state.refuseMaking(volume.name);
      const backend = await pools.backend(pool.current().type);
      if (backend.read === undefined) throw storageError('NO_SUPPORT', "storage pool doesn't support volume download");
      const source = await backend.read(pool.current(), volume, range, options, call.signal);
      if (source.kind === 'stream') return source;
      return { ...source, file: released(source.file, state.use(volume.name)) };
    },

    async write(ref, range, options, call) {
      const known = pools.volume(ref);
      const { pool, state, volume } = known;
      state.refuseUsed(volume.name);
      state.refuseMaking(volume.name);
      const backend = await pools.backend(pool.current().type);
      if (backend.write === undefined) throw storageError('NO_SUPPORT', "storage pool doesn't support volume upload");
      const sink = await backend.write(pool.current(), volume, range, options, call.signal);
      return inUse(sink, state.use(volume.name), async () => {
        const before = volume.allocation;
        const fresh = await refreshed(pools, known, pools.context.signal);
        state.allocate(fresh.allocation - before);
        pools.store.touch(pool);
        pools.context.events.object('storagePool', pool.ref, { type: 'refresh' });
      });
    },
  };
}

/** A file whose closing ends the use. */
const released = (file: OpenFile, use: Disposable): OpenFile => ({
  fd: file.fd,
  async [Symbol.asyncDispose]() {
    use[Symbol.dispose]();
    await file[Symbol.asyncDispose]();
  },
});

function inUse(sink: ByteSink, use: Disposable, done: () => Promise<void>): ByteSink {
  if (sink.kind === 'file')
    return {
      kind: 'file',
      range: sink.range,
      file: released(sink.file, use),
      async finish() {
        await sink.finish();
        await done();
      },
    };
  return {
    kind: 'stream',
    write: (chunk) => sink.write(chunk),
    async close() {
      using _ended = use;
      await sink.close();
      await done();
    },
    async abort(cause) {
      using _ended = use;
      await sink.abort(cause);
    },
  };
}
