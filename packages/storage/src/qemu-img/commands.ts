import { checkRequest } from './check.js';
import { formatOptions, secretId } from './options.js';
import { dataFormat, type ImageInput, type ImageRequest } from './request.js';

/** Arguments of one run of qemu-img. */
export type QemuImgCommand = readonly string[];

/**
 * What makes this image, empty or from another one. Pure. Where either side is enciphered the image is made first and
 * filled by a second command, which alone can name the drivers of both.
 */
export function createCommands(image: ImageRequest, from?: ImageInput): readonly QemuImgCommand[] {
  checkRequest(image);
  if (from === undefined) return [createCommand(image)];
  const { backing: _dropped, ...alone } = image;
  if (image.encryption === undefined && from.encrypted === undefined) return [convertCommand(alone, from)];
  return [createCommand(alone), fillCommand(alone, from)];
}

const kib = 1024n;
/** Rounded up to whole KiB, as libvirt asks for them. */
const sizeArgument = (bytes: bigint): string => `${(bytes + kib - 1n) / kib}K`;

const outputFormat = (image: ImageRequest): string => {
  const format = dataFormat(image.format);
  return format === 'raw' && image.encryption !== undefined ? 'luks' : format;
};

function createCommand(image: ImageRequest): QemuImgCommand {
  const options = formatOptions(image);
  return [
    'create',
    '-f',
    outputFormat(image),
    ...(image.backing === undefined ? [] : ['-b', image.backing.path]),
    ...secretObject(image.name, image.encryption?.secretFile),
    ...(options === '' ? [] : ['-o', options]),
    image.path,
    // without a size it becomes as large as the image below
    ...(image.capacity === 0n && image.backing !== undefined ? [] : [sizeArgument(image.capacity)]),
  ];
}

function convertCommand(image: ImageRequest, from: ImageInput): QemuImgCommand {
  const options = formatOptions(image);
  return [
    'convert',
    '-f',
    from.format,
    '-O',
    outputFormat(image),
    ...(options === '' ? [] : ['-o', options]),
    from.path,
    image.path,
  ];
}

function fillCommand(image: ImageRequest, from: ImageInput): QemuImgCommand {
  return [
    'convert',
    '--image-opts',
    '-n',
    '--target-image-opts',
    ...secretObject(image.name, image.encryption?.secretFile),
    ...secretObject(from.name, from.encrypted?.secretFile),
    imageOptions({ ...from, secret: from.encrypted !== undefined }),
    imageOptions({
      name: image.name,
      path: image.path,
      format: dataFormat(image.format),
      secret: image.encryption !== undefined,
    }),
  ];
}

interface ImageOptions {
  readonly name: string;
  readonly path: string;
  readonly format: string;
  readonly secret: boolean;
}
function imageOptions({ name, path, format, secret }: ImageOptions): string {
  const driver = secret && format === 'raw' ? 'luks' : format;
  const key = driver === 'luks' ? 'key-secret' : 'encrypt.key-secret';
  return `driver=${driver},file.filename=${escaped(path)}${secret ? `,${key}=${secretId(name)}` : ''}`;
}

const secretObject = (name: string, file: string | undefined): readonly string[] =>
  file === undefined ? [] : ['--object', `secret,id=${secretId(name)},file=${escaped(file)}`];

/** In a list of options a comma is written twice. */
const escaped = (text: string): string => text.replaceAll(',', ',,');

const sector = 512n;
export interface ResizeRequest {
  readonly path: string;
  readonly format: string;
  /** Bytes; rounded up to whole sectors. */
  readonly capacity: bigint;
  readonly shrink?: boolean;
}
/** Arguments that change an image's size. */
export function resizeCommand({ path, capacity, shrink }: ResizeRequest): QemuImgCommand {
  const size = String(((capacity + sector - 1n) / sector) * sector);
  return ['resize', ...(shrink === true ? ['--shrink'] : []), path, size];
}
