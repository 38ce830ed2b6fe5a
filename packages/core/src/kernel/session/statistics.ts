import { errorsFrom } from '@virtkit/schema';
import type { DomainStatistics, StatisticsGroup } from '../../contract/facets/statistics.js';
import type { DomainRef } from '../../contract/references.js';
import type { DriverIdentity } from '../driver-identity.js';
import { filterDomains, type DomainFilter } from './domain-filter.js';
import { DomainFigures } from './domain-parts.js';
import type { DomainHandle } from './pipeline.js';
import { step } from './step.js';
import type { Via } from './via.js';

const read = step('statistics.read', 'virConnectGetAllDomainStats');

export interface AllStatisticsOptions {
  /** Absent: all groups the driver has. */
  readonly groups?: readonly StatisticsGroup[];
  /** Bits of groups nobody has a name for; passed over unless `enforce`. */
  readonly unnamedGroups?: number;
  /** All that is asked for, or nothing. */
  readonly enforce?: boolean;
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

const unknownGroups = ({ origin }: DriverIdentity, bits: number): Error =>
  errorsFrom(origin)(
    'ARGUMENT_UNSUPPORTED',
    `Stats types bits 0x${bits.toString(16)} are not supported by this daemon or QEMU`, // libvirt's words for any driver
  );

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
    const { groups = every, unnamedGroups = 0, ...flags } = options;
    if (flags.enforce === true && unnamedGroups !== 0) throw unknownGroups(this.parts.pipeline.driver, unnamedGroups);
    return this.parts.pipeline.connect(read, {}, via, (facet, call) => facet.read(refs, groups, flags, call));
  }
}
