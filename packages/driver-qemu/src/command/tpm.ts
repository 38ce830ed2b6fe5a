import type { Tpm } from '@virtkit/schema';
import { addressProperties } from './address.js';
import { isArm, isRiscvVirt, isX86 } from './architecture.js';
import type { CommandContext, Section } from './context.js';
import type { JsonObject } from './json.js';
import { device, pairs, type QemuOption } from './option.js';

export const tpmSection: Section = (context) => context.domain.devices.tpms.flatMap((tpm) => tpmOptions(tpm, context));

const tpmOptions = (tpm: Tpm, context: CommandContext): readonly QemuOption[] =>
  tpm.model === 'spapr-tpm-proxy'
    ? [device({ driver: 'spapr-tpm-proxy', id: tpm.alias, 'host-path': pathOf(tpm) })]
    : [...backendOptions(tpm, context), device(tpmDevice(tpm, context))];

const pathOf = ({ backend }: Tpm): string | undefined =>
  backend.type === 'passthrough' ? backend.device?.path : undefined;

function backendOptions(tpm: Tpm, context: CommandContext): readonly QemuOption[] {
  const id = `tpm-${tpm.alias}`;
  const { resources, fdsets } = context;
  if (tpm.backend.type !== 'passthrough') {
    const socket = tpm.backend.type === 'external' ? tpm.backend.source.path : resources.helperSocket(tpm.alias ?? '');
    return [
      socket === undefined
        ? pairs('chardev', 'null', ['id', 'chrtpm'])
        : pairs('chardev', 'socket', ['id', 'chrtpm'], ['path', socket]),
      pairs('tpmdev', 'emulator', ['id', id], ['chardev', 'chrtpm']),
    ];
  }
  const fds = resources.tpmFds(tpm.alias ?? '');
  if (!fds) return [];
  const [tpmSet, cancelSet] = [fdsets.next(), fdsets.next()];
  return [
    pairs('add-fd', ['set', String(tpmSet)], ['fd', String(fds.device)], ['opaque', `${tpm.alias}-tpm`]),
    pairs('add-fd', ['set', String(cancelSet)], ['fd', String(fds.cancel)], ['opaque', `${tpm.alias}-cancel`]),
    pairs(
      'tpmdev',
      'passthrough',
      ['id', id],
      ['path', `/dev/fdset/${tpmSet}`],
      ['cancel-path', `/dev/fdset/${cancelSet}`],
    ),
  ];
}

/** The device (`device_add`). */
const tpmDevice = (tpm: Tpm, { domain }: Pick<CommandContext, 'domain'>): JsonObject => ({
  driver:
    tpm.model === 'tpm-tis' && (isArm(domain.os.type.arch ?? '') || isRiscvVirt(domain)) ? 'tpm-tis-device' : tpm.model,
  tpmdev: `tpm-${tpm.alias}`,
  id: tpm.alias,
  ...(isX86(domain.os.type.arch ?? '') ? {} : addressProperties(tpm, domain)),
});
