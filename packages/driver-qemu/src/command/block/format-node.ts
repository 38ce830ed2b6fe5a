import { virtError } from '../../errors.js';
import type { JsonObject, JsonValue } from '../json.js';
import { cacheProperties, formatCommon } from './common-properties.js';
import { effectiveNode, type Image } from './image.js';

/** Formats whose images can lie on top of others. */
const backingFormats = new Set(['cow', 'qcow', 'qcow2', 'qed', 'vmdk']);

/** QEMU's driver of a format, where its name is another. */
const formatDrivers: Readonly<Record<string, string>> = { vhd: 'vhdx', ploop: 'parallels' };

/** Properties of the node that understands the image's format; undefined where the image has no such layer. */
export function formatNode(image: Image): JsonObject | undefined {
  const { nodes, readOnly } = image;
  if (nodes.format === undefined) return undefined;
  return {
    'node-name': nodes.format,
    'read-only': readOnly,
    ...formatCommon(image),
    ...cacheProperties(image),
    ...driverProperties(image),
    file: nodes.slice ?? nodes.storage,
    ...backingOf(image),
  };
}

/** Driver of a format and what only it takes. */
function driverProperties(image: Image): JsonObject {
  const { format, encryption, secrets } = image;
  if (format === 'raw' && encryption?.format === 'luks' && encryption.engine !== 'librbd')
    return { driver: 'luks', 'key-secret': secrets.encryption?.[0] };
  if (format === 'qcow2') return qcow2Properties(image);
  if (format === 'qcow') return { driver: 'qcow', encrypt: encryptProperties(image, 'aes') };
  return { driver: formatDrivers[format] ?? format };
}

const qcow2Properties = (image: Image): JsonObject => ({
  driver: 'qcow2',
  encrypt: encryptProperties(image, image.encryption?.format === 'qcow' ? 'aes' : 'luks'),
  'cache-size': image.metadataCacheSize,
  'discard-no-unref': image.discardNoUnref,
});

function encryptProperties({ encryption, secrets }: Image, format: string): JsonValue {
  if (!encryption || encryption.engine === 'librbd') return undefined;
  return { format, 'key-secret': secrets.encryption?.[0] };
}

/** Null ends the chain; undefined leaves it to the image. @throws `CONFIG_UNSUPPORTED` where the format knows no images below */
function backingOf({ format, backing }: Image): JsonObject {
  if (backingFormats.has(format)) return { backing: backing ? effectiveNode(backing) : backing };
  if (backing) throw virtError('CONFIG_UNSUPPORTED', `storage format '${format}' does not support backing store`);
  return {};
}
