import type { CommandContext } from '../context.js';
import { blockdev, object, type QemuOption } from '../option.js';
import { secretProperties, tlsOptions } from '../tls.js';
import { formatNode } from './format-node.js';
import { chain, type Image } from './image.js';
import { sliceNode, storageNode } from './storage-node.js';

/** Options that open a chain of images, the lowest first, each preceded by the objects it needs. */
export const chainOptions = (image: Image, context: CommandContext): readonly QemuOption[] =>
  [...chain(image)].reverse().flatMap((entry) => imageOptions(entry, context));

/** Options of one image. */
export function imageOptions(image: Image, context: CommandContext): readonly QemuOption[] {
  const nodes = [storageNode(image), sliceNode(image), formatNode(image)];
  return [
    ...imageObjects(image, context),
    ...(image.fds?.options ?? []),
    ...nodes.flatMap((node) => (node ? [blockdev(node)] : [])),
  ];
}

/** Secrets and credentials of one image. */
function imageObjects(image: Image, context: CommandContext): readonly QemuOption[] {
  const { secrets } = image;
  const ids = [secrets.auth?.id, secrets.cookie, ...(secrets.encryption ?? [])];
  const objects = ids.flatMap((id) => {
    const secret = id === undefined ? undefined : secretProperties(id, context);
    return secret ? [object(secret)] : [];
  });
  return [...reservationManager(image, context), ...objects, ...imageTls(image, context)];
}

function reservationManager({ secrets }: Image, { resources }: CommandContext): readonly QemuOption[] {
  const id = secrets.reservations;
  if (id === undefined || id === 'pr-helper0') return [];
  return [object({ 'qom-type': 'pr-manager-helper', id, path: resources.helperSocket(id) })];
}

function imageTls({ secrets }: Image, context: CommandContext): readonly QemuOption[] {
  const { nbdTls } = context.config;
  if (secrets.tls === undefined) return [];
  const passwordId = nbdTls.secretUuid === undefined ? undefined : `${secrets.tls}-secret0`;
  return tlsOptions({ id: secrets.tls, isServer: false, verifyPeer: true, passwordId }, nbdTls, context);
}
