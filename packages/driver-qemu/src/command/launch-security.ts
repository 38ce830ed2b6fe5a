import type { LaunchSecurity } from '@virtkit/schema';
import type { CommandContext, Section } from './context.js';
import type { JsonObject } from './json.js';
import { object } from './option.js';
import { domainDir } from './paths.js';

/** How the guest's memory is kept from the host. */
export const launchSecuritySection: Section = (context) => {
  const { launchSecurity } = context.domain;
  return launchSecurity ? [object(securityObject(launchSecurity, context))] : [];
};

function securityObject(security: LaunchSecurity, context: CommandContext): JsonObject {
  const id = 'lsec0';
  switch (security.type) {
    case 'sev':
      return {
        'qom-type': 'sev-guest',
        id,
        cbitpos: security.cbitpos ?? context.capabilities.sev?.cbitpos,
        'reduced-phys-bits': security.reducedPhysBits ?? context.capabilities.sev?.reducedPhysBits,
        policy: security.policy,
        'dh-cert-file': security.dhCert === undefined ? undefined : `${domainDir(context)}/dh_cert.base64`,
        'session-file': security.session === undefined ? undefined : `${domainDir(context)}/session.base64`,
        'kernel-hashes': security.kernelHashes,
      };
    case 'sev-snp':
      return {
        'qom-type': 'sev-snp-guest',
        id,
        cbitpos: security.cbitpos ?? context.capabilities.sev?.cbitpos,
        'reduced-phys-bits': security.reducedPhysBits ?? context.capabilities.sev?.reducedPhysBits,
        'kernel-hashes': security.kernelHashes,
        policy: security.policy,
        'guest-visible-workarounds': security.guestVisibleWorkarounds,
        'id-block': security.idBlock,
        'id-auth': security.idAuth,
        'host-data': security.hostData,
        'author-key-enabled': security.authorKey,
        'vcek-disabled': security.vcek === undefined ? undefined : !security.vcek,
      };
    case 's390-pv':
      return { 'qom-type': 's390-pv-guest', id };
  }
}
