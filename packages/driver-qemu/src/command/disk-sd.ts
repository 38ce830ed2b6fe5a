import type { Disk } from '@virtkit/schema';
import { diskNumber } from './aliases.js';
import { locationProperties } from './block/location-properties.js';
import { imageOfDisk } from './block/image-of-disk.js';
import type { CommandContext } from './context.js';
import { keyValueText } from './key-value.js';
import { option, type QemuOption } from './option.js';

/** A card in a slot of the board, which takes the old form of a drive alone. */
export function sdOption(disk: Disk, context: CommandContext): QemuOption {
  const image = imageOfDisk(disk, context);
  const { driver, filename, ...properties } = image ? locationProperties(image) : {};
  const file = driver === 'file' || driver === 'host_device' ? filename : { driver, ...properties };
  return option(
    'drive',
    keyValueText({
      file: image && file,
      format: image?.format,
      if: 'sd',
      index: diskNumber(disk.target.dev),
      readonly: disk.readonly || undefined,
    }),
  );
}
