import type { DomainStatistics, StatisticsGroup } from '../../contract/facets/statistics.js';
import type { DomainRef } from '../../contract/references.js';
import { filterDomains, type DomainFilter } from './domain-filter.js';
import { DomainFigures } from './domain-parts.js';
import type { DomainHandle } from './pipeline.js';
import { step } from './step.js';
import type { Via } from './via.js';

const read = step('statistics.read', 'virConnectGetAllDomainStats');

export interface AllStatisticsOptions {
  /** Empty or absent: all groups the driver has. */
  readonly groups?: readonly StatisticsGroup[];
  readonly backing?: boolean;
  readonly nowait?: boolean;
}

const every: readonly StatisticsGroup[] = [
  'state',
  'cpu-total',
  'balloon',
  'vcpu',
  'interface',
  'block',
  'perf',
  'iothread',
  'memory',
  'dirtyrate',
  'vm',
];

/** Figures of guests. */
export class Statistics extends DomainFigures {
  /** Of all domains the filter lets through. @libvirt virConnectGetAllDomainStats */
  async all(
    options: AllStatisticsOptions = {},
    filter: DomainFilter = {},
    via?: Via,
  ): Promise<readonly DomainStatistics[]> {
    const { pipeline } = this.parts;
    const domains = filterDomains(await pipeline.connection.domain.list(pipeline.call(via)), filter);
    const seen = await pipeline.visible(read.function, domains, ({ ref }) => ({
      kind: 'domain',
      name: ref.name,
      uuid: ref.uuid,
    }));
    return this.#read(
      seen.map(({ ref }) => ref),
      options,
      via,
    );
  }

  /** Of these domains; those that do not exist any more are left out, as libvirt does. @libvirt virDomainListGetStats */
  async of(
    domains: readonly DomainHandle[],
    options: AllStatisticsOptions = {},
    via?: Via,
  ): Promise<readonly DomainStatistics[]> {
    const { pipeline } = this.parts;
    const refs: DomainRef[] = [];
    for (const { uuid } of domains) {
      const found = await pipeline.connection.domain.find({ uuid }, pipeline.caller);
      if (found !== undefined) refs.push(found.ref);
    }
    return this.#read(refs, options, via);
  }

  #read(
    refs: readonly DomainRef[],
    options: AllStatisticsOptions,
    via: Via | undefined,
  ): Promise<readonly DomainStatistics[]> {
    const { groups = [], ...flags } = options;
    return this.parts.pipeline.connect(read, {}, via, (facet, call) =>
      facet.read(refs, groups.length === 0 ? every : groups, flags, call),
    );
  }
}
