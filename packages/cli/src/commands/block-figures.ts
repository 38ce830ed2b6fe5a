import { type Connection, type Domain, errorCode, hasCode } from '@virtkit/client';

/** Fields of the call, as virsh names and explains them. */
export const blockStatistics: readonly (readonly [field: string, name: string, title: string])[] = [
  ['rd_operations', 'rd_req', 'number of read operations'],
  ['rd_bytes', 'rd_bytes', 'number of bytes read'],
  ['wr_operations', 'wr_req', 'number of write operations'],
  ['wr_bytes', 'wr_bytes', 'number of bytes written'],
  ['errs', 'errs', 'error count'],
  ['flush_operations', 'flush_operations', 'number of flush operations'],
  ['rd_total_times', 'rd_total_times', 'total duration of reads (ns)'],
  ['wr_total_times', 'wr_total_times', 'total duration of writes (ns)'],
  ['flush_total_times', 'flush_total_times', 'total duration of flushes (ns)'],
];

/** What is known of a disk; of a hypervisor that only knows the old figures, those. */
export async function blockFigures(
  remote: Connection['remote'],
  { handle: dom }: Domain,
  path: string,
): Promise<ReadonlyMap<string, unknown>> {
  try {
    const { nparams } = await remote.domainBlockStatsFlags({ dom, path, nparams: 0, flags: 0 });
    const { params } = await remote.domainBlockStatsFlags({ dom, path, nparams, flags: 0 });
    return new Map(params.map(({ field, value }) => [field, value]));
  } catch (cause) {
    if (!hasCode(cause, errorCode.noSupport)) throw cause;
  }
  const { rdReq, rdBytes, wrReq, wrBytes, errs } = await remote.domainBlockStats({ dom, path });
  const figures = Object.entries({
    rd_operations: rdReq,
    rd_bytes: rdBytes,
    wr_operations: wrReq,
    wr_bytes: wrBytes,
    errs,
  });
  return new Map(figures.filter(([, value]) => value >= 0n));
}
