import {
  blockCommitFlags,
  blockCopyFlags,
  blockJobAbortFlags,
  blockJobBandwidthFlags,
  blockJobTypes,
  blockPullFlags,
  blockRebaseFlags,
  type Handlers,
  type remote,
} from '@virtkit/protocol';
import { flagged } from './flagged.js';
import { parametersFrom } from './parameters.js';
import type { RemoteCall } from './state.js';
import { nothing } from './wire.js';

const pull = flagged('virDomainBlockPull', blockPullFlags);
const rebase = flagged('virDomainBlockRebase', blockRebaseFlags);
const commit = flagged('virDomainBlockCommit', blockCommitFlags);
const copy = flagged('virDomainBlockCopy', blockCopyFlags);
const abort = flagged('virDomainBlockJobAbort', blockJobAbortFlags);
const info = flagged('virDomainGetBlockJobInfo', blockJobBandwidthFlags);
const setSpeed = flagged('virDomainBlockJobSetSpeed', blockJobBandwidthFlags);
const MIB = 1n << 20n;

/** Block jobs. */
export const domainBlockHandlers = {
  domainBlockPull: async ({ dom, path, bandwidth, flags }, { state }) =>
    nothing(state.session.blockJobs.pull(dom, path, undefined, bandwidth, pull.options(flags), pull.via(flags))),
  domainBlockRebase: async ({ dom, path, base, bandwidth, flags }, { state }) =>
    nothing(state.session.blockJobs.rebase(dom, path, base, bandwidth, rebase.options(flags), rebase.via(flags))),
  domainBlockCommit: async ({ dom, disk, base, top, bandwidth, flags }, { state }) =>
    nothing(state.session.blockJobs.commit(dom, disk, base, top, bandwidth, commit.options(flags), commit.via(flags))),
  domainBlockCopy: async ({ dom, path, destxml, params, flags }, { state }) => {
    const values = new Map<string, number | bigint>();
    for (const [name, value] of parametersFrom(params))
      values.set(name, typeof value === 'bigint' ? value : Number(value));
    return nothing(state.session.blockJobs.copy(dom, path, destxml, values, copy.options(flags), copy.via(flags)));
  },
  domainBlockJobAbort: async ({ dom, path, flags }, { state }) =>
    nothing(state.session.blockJobs.abort(dom, path, abort.options(flags), abort.via(flags))),
  domainBlockJobSetSpeed: async ({ dom, path, bandwidth, flags }, { state }) =>
    nothing(state.session.blockJobs.setSpeed(dom, path, bandwidth, setSpeed.options(flags), setSpeed.via(flags))),
  domainGetBlockJobInfo: async ({ dom, path, flags }, { state }) => {
    const { bytes } = info.options(flags);
    const job = await state.session.blockJobs.info(dom, path, info.via(flags));
    if (job === undefined) return { found: 0, type: 0, bandwidth: 0n, cur: 0n, end: 0n };
    const bandwidth = bytes ? job.bandwidth : (job.bandwidth + MIB - 1n) / MIB;
    return { found: 1, type: blockJobTypes.number(job.type) ?? 0, bandwidth, cur: job.current, end: job.end };
  },
} satisfies Handlers<typeof remote, RemoteCall>;
