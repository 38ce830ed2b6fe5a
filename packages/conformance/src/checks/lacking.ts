import type { Contribution, SubsystemFacet } from '@virtkit/core';
import { type ErrorOrigin, errorOrigins } from '@virtkit/schema';
import type { Check } from '../check.js';
import { expectFailure } from '../expectations.js';
import type { ProbedFacet } from '../target.js';

const anyGuest = { uuid: '01234567-89ab-4cde-8f01-23456789abcd', name: 'nobody' };

/** Which part of libvirt answers for a facet that is not there. */
const origins: Readonly<Record<ProbedFacet, ErrorOrigin>> = {
  lifecycle: 'DOMAIN',
  configuration: 'DOMAIN',
  devices: 'DOMAIN',
  statistics: 'DOMAIN',
  console: 'DOMAIN',
  native: 'DOMAIN',
  guest: 'DOMAIN',
  tuning: 'DOMAIN',
  blockJob: 'DOMAIN',
  savedImage: 'DOMAIN',
  snapshot: 'DOMAIN_SNAPSHOT',
  checkpoint: 'DOMAIN_CHECKPOINT',
  backup: 'DOMAIN',
  migration: 'DOMAIN',
  security: 'DOMAIN',
  cpuModels: 'NONE',
  hostTuning: 'NONE',
  storage: 'STORAGE',
  network: 'NETWORK',
  interface: 'INTERFACE',
  nodeDevice: 'NODEDEV',
  assignment: 'NODEDEV',
  secret: 'SECRET',
  nwfilter: 'NWFILTER',
};

/** Facets whose absence is looked for. */
export const probedFacets = Object.keys(origins) as readonly ProbedFacet[];

/** For each facet that neither the manifest nor the kernel's subsystems offer: the error a client gets. */
export function lacking({ facets = [] }: Contribution, fromHost: readonly SubsystemFacet[]): readonly Check[] {
  const offered: readonly string[] = [...facets, ...fromHost];
  const absent = probedFacets.filter((facet) => !offered.includes(facet));
  return absent.map((facet) => ({
    level: 'L0',
    title: `says that it has no ${facet}`,
    facets: [],
    run: ({ target }) =>
      expectFailure(
        target,
        target.probe(facet, anyGuest),
        { error: 'NO_SUPPORT', origin: errorOrigins[origins[facet]].number },
        `a call of ${facet}`,
      ),
  }));
}
