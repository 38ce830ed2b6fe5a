import type { Call, DomainRef, SecurityFacet } from '@virtkit/core';
import { guestOf } from '../../guests/find-guest.js';
import type { QemuServices } from '../../guests/services.js';

/** Labels of guests. The only model in use is ownership by QEMU's user; it does not count as the connection's own. */
export class QemuSecurity implements SecurityFacet {
  readonly #services: QemuServices;

  constructor(services: QemuServices) {
    this.#services = services;
  }

  async label(domain: DomainRef, _call: Call): Promise<{ readonly label: string; readonly enforcing: boolean }> {
    guestOf(this.#services, domain);
    return { label: '', enforcing: false };
  }

  async labels(
    domain: DomainRef,
    _call: Call,
  ): Promise<readonly { readonly label: string; readonly enforcing: boolean }[]> {
    const guest = guestOf(this.#services, domain);
    if (!guest.active) return [];
    return (guest.current().seclabels ?? []).map(({ label }) => ({ label: label ?? '', enforcing: false }));
  }
}
