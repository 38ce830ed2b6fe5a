import type { InterfaceSourceOf, NetworkInterface } from '@virtkit/schema';
import type { CommandContext, Section } from './context.js';
import { qemuError } from './errors.js';
import { passFds } from './fdset.js';
import { interfaceBackend } from './interface-backend.js';
import { interfaceDevice } from './interface-device.js';
import { reconnectPair } from './reconnect.js';
import { device, netdev, pairs, type PairInput, type QemuOption } from './option.js';

/** Network interfaces: what each is connected to, then the card. Those that are a host device come with those. */
export const interfacesSection: Section = (context) =>
  context.domain.devices.interfaces
    .filter(({ source }) => source.type !== 'hostdev')
    .flatMap((entry) => interfaceOptions(entry, context));

function interfaceOptions(entry: NetworkInterface, context: CommandContext): readonly QemuOption[] {
  refuseTapPath(entry);
  const vdpa = passVdpa(entry, context);
  return [
    ...vhostUserChardev(entry, context),
    ...(vdpa?.options ?? []),
    netdev(interfaceBackend(entry, context, vdpa?.path)),
    device(interfaceDevice(entry, context)),
  ];
}

function passVdpa({ source, alias = '' }: NetworkInterface, context: CommandContext) {
  const fd = source.type === 'vdpa' ? context.resources.vdpaFd(alias) : undefined;
  return fd === undefined ? undefined : passFds([{ fd, opaque: `${alias}-vdpa` }], context.fdsets);
}

/** The socket of a vhost-user process, or of the passt process that stands in for one. */
function vhostUserChardev(entry: NetworkInterface, context: CommandContext): readonly QemuOption[] {
  if (entry.source.type !== 'vhostuser') return [];
  const id: PairInput = ['id', `char${entry.alias}`];
  const passt =
    entry.backend?.type === 'passt' ? context.resources.interface(entry.alias ?? '').passtSocket : undefined;
  if (passt !== undefined)
    return [pairs('chardev', 'socket', id, ['path', passt], reconnectPair({ enabled: true, timeout: 5 }, context))];
  return [pairs('chardev', 'socket', id, ['path', entry.source.path ?? ''], ...modePairs(entry.source, context))];
}

const modePairs = (
  { mode, reconnect }: InterfaceSourceOf<'vhostuser'>,
  context: CommandContext,
): readonly PairInput[] => [mode === 'server' ? ['server', 'on'] : reconnectPair(reconnect, context)];

const tapTypes: readonly NetworkInterface['source']['type'][] = ['network', 'bridge', 'direct', 'ethernet'];

/** Only what is a tap can have a path to one. */
function refuseTapPath({ source, backend, mac }: NetworkInterface): void {
  if (backend?.tap === undefined || tapTypes.includes(source.type)) return;
  throw qemuError(
    'CONFIG_UNSUPPORTED',
    `interface ${mac?.address} - custom tap device path is not supported for network interfaces of type ${source.type}`,
  );
}
