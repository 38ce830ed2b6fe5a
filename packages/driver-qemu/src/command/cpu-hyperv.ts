import type { Domain } from '@virtkit/schema';
import type { PairInput } from './option.js';

type Hyperv = NonNullable<NonNullable<Domain['features']>['hyperv']>;

/** Enlightenments in the order of the command line. */
export function hypervFlags({ features }: Domain): readonly PairInput[] {
  const hyperv = features?.hyperv;
  if (!hyperv) return [];
  return [
    hyperv.mode === 'passthrough' && ['hv-passthrough', 'on'],
    flag('hv-relaxed', hyperv.relaxed),
    flag('hv-vapic', hyperv.vapic),
    hyperv.spinlocks?.state && ['hv-spinlocks', `0x${(hyperv.spinlocks.retries ?? 0).toString(16)}`],
    flag('hv-vpindex', hyperv.vpindex),
    flag('hv-runtime', hyperv.runtime),
    flag('hv-synic', hyperv.synic),
    flag('hv-stimer', hyperv.stimer),
    hyperv.stimer?.state && on('hv-stimer-direct', hyperv.stimer.direct),
    flag('hv-reset', hyperv.reset),
    hyperv.vendorId?.state && ['hv-vendor-id', hyperv.vendorId.value ?? ''],
    flag('hv-frequencies', hyperv.frequencies),
    flag('hv-reenlightenment', hyperv.reenlightenment),
    ...tlbFlush(hyperv),
    flag('hv-ipi', hyperv.ipi),
    flag('hv-evmcs', hyperv.evmcs),
    flag('hv-avic', hyperv.avic),
    flag('hv-emsr-bitmap', hyperv.emsrBitmap),
    flag('hv-xmm-input', hyperv.xmmInput),
  ];
}

const tlbFlush = ({ tlbflush }: Hyperv): readonly PairInput[] =>
  tlbflush?.state
    ? [
        flag('hv-tlbflush', tlbflush),
        on('hv-tlbflush-direct', tlbflush.direct),
        on('hv-tlbflush-ext', tlbflush.extended),
      ]
    : [];

const flag = (name: string, feature: { readonly state?: boolean } | undefined): PairInput => on(name, feature?.state);

const on = (name: string, state: boolean | undefined): PairInput => state === true && [name, 'on'];
