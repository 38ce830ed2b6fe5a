import type { DomainSummary } from '../../contract/references.js';
import type { JobInfo } from '../../jobs/domain-jobs.js';
import type { JobStatistics, Parameters } from '../../contract/facets/jobs.js';
import { errorsFrom } from '@virtkit/schema';
import { notRunning, unsupportedFunction } from '../errors.js';
import { refuseUnknownBits } from './accept.js';
import type { DomainHandle } from './pipeline.js';
import type { SessionParts } from './session-parts.js';
import type { Via } from './via.js';

/** Long work on domains. The kernel answers for its own jobs; a hypervisor that runs them itself is asked. */
export class Jobs {
  constructor(private readonly parts: SessionParts) {}

  /** @libvirt virDomainGetJobInfo */
  async info(domain: DomainHandle, via?: Via): Promise<JobInfo> {
    const { ref, active } = await this.#domain(domain, via, 'virDomainGetJobInfo');
    const { pipeline, jobs } = this.parts;
    const facet = pipeline.connection.jobs;
    if (facet === undefined) {
      this.#requireActive(active);
      return jobs.current(ref.uuid);
    }
    const progress = await facet.current(ref, pipeline.call(via));
    if (progress === undefined) return { type: 'none', operation: undefined, elapsedMs: 0, progress };
    return {
      type: progress.total === undefined ? 'unbounded' : 'bounded',
      operation: undefined,
      elapsedMs: 0,
      progress,
    };
  }

  /** @libvirt virDomainGetJobStats */
  async statistics(
    domain: DomainHandle,
    options: { readonly completed?: boolean; readonly keepCompleted?: boolean } = {},
    via?: Via,
  ): Promise<JobStatistics> {
    const { ref, active } = await this.#domain(domain, via, 'virDomainGetJobStats');
    const { pipeline, jobs } = this.parts;
    const facet = pipeline.connection.jobs;
    if (facet !== undefined) {
      if (facet.statistics === undefined) throw unsupportedFunction(via?.function ?? 'virDomainGetJobStats');
      return facet.statistics(ref, options, pipeline.call(via));
    }
    if (options.completed !== true) this.#requireActive(active);
    const info =
      options.completed === true ? jobs.completed(ref.uuid, options.keepCompleted === true) : jobs.current(ref.uuid);
    return { type: info.type, values: parametersOf(info) };
  }

  /** @libvirt virDomainAbortJobFlags */
  async abort(domain: DomainHandle, options: { readonly postcopy?: boolean } = {}, via?: Via): Promise<void> {
    const { ref, active } = await this.#domain(domain, via, 'virDomainAbortJobFlags');
    const { pipeline, jobs } = this.parts;
    const facet = pipeline.connection.jobs;
    if (facet !== undefined) {
      if (facet.abort === undefined) throw unsupportedFunction(via?.function ?? 'virDomainAbortJobFlags');
      return facet.abort(ref, options, pipeline.call(via));
    }
    this.#requireActive(active);
    if (!jobs.abort(ref.uuid))
      throw errorsFrom(pipeline.driver.origin)('OPERATION_INVALID', 'no job is active on the domain');
  }

  #requireActive(active: boolean): void {
    if (!active) throw notRunning();
  }

  async #domain(
    handle: DomainHandle,
    via: Via | undefined,
    name: 'virDomainGetJobInfo' | 'virDomainGetJobStats' | 'virDomainAbortJobFlags',
  ): Promise<DomainSummary> {
    const { pipeline } = this.parts;
    const used = via?.function ?? name;
    pipeline.refuseReadOnly(used);
    refuseUnknownBits(this.parts.pipeline.driver, via, used);
    const summary = await pipeline.resolveDomain(handle);
    await pipeline.permitDomain(used, summary);
    return summary;
  }
}

function parametersOf({ type, elapsedMs, progress }: JobInfo): Parameters {
  const values = new Map<string, number | bigint | string | boolean>();
  if (type === 'none') return values;
  values.set('time_elapsed', BigInt(elapsedMs));
  if (progress?.total === undefined) return values;
  const done = progress.done ?? 0n;
  values.set('data_total', progress.total);
  values.set('data_processed', done);
  values.set('data_remaining', progress.total - done);
  return values;
}
