import type { VolumeFormat } from '@virtkit/schema';
import { type BackingName, backingOf } from './backing.js';
import type { Header } from './header.js';
import { luksPayload } from './luks.js';
import { headerCapacity } from './probe.js';
import { type Qcow2Details, qcow2Details } from './qcow2.js';

/** All that is read from the start of an image. */
export interface ImageMetadata {
  readonly format: VolumeFormat;
  /** Size the guest sees, in bytes; undefined: the size of the file. */
  readonly capacity?: bigint;
  readonly backing?: BackingName;
  readonly encryption?: 'qcow' | 'luks';
  /** LUKS: bytes before the content. */
  readonly payload?: bigint;
  readonly qcow2?: Qcow2Details;
}

/** Reads an image as one of this format. Never throws: what is broken or beyond the header counts as absent. */
export function readMetadata(header: Header, format: VolumeFormat): ImageMetadata {
  const qcow2 = format === 'qcow2' && header(0, fixedHeader).length === fixedHeader ? qcow2Details(header) : undefined;
  const payload = format === 'raw' ? luksPayload(header) : undefined;
  const encryption = payload === undefined ? (qcow2?.encryption ?? qcow1Encryption(format, header)) : 'luks';
  const capacity = headerCapacity(format, header);
  const backing = backingOf(format, header);
  return {
    format,
    ...(capacity === undefined ? {} : { capacity }),
    ...(backing === undefined ? {} : { backing }),
    ...(encryption === undefined ? {} : { encryption }),
    ...(payload === undefined ? {} : { payload }),
    ...(qcow2 === undefined ? {} : { qcow2 }),
  };
}
const fixedHeader = 72;

function qcow1Encryption(format: VolumeFormat, header: Header): 'qcow' | undefined {
  if (format !== 'qcow') return undefined;
  const bytes = header(36, 4);
  return bytes.length === 4 && bytes[3] === 1 ? 'qcow' : undefined;
}
