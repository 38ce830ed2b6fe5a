import { optional, struct } from '../xdr/composites.js';
import { string, uuid } from '../xdr/bytes.js';
import { hyper, int, uint } from '../xdr/scalars.js';
import type { Fields, InFields, OutFields } from '../xdr/type.js';

const STRING_MAX = 4_194_304;
const text = string(STRING_MAX);
const domain = { name: text, uuid, id: int };
const network = { name: text, uuid };

const errorFields = {
  code: int,
  domain: int,
  message: optional(text),
  level: int,
  dom: optional(struct(domain)),
  str1: optional(text),
  str2: optional(text),
  str3: optional(text),
  int1: int,
  int2: int,
  net: optional(struct(network)),
} satisfies Fields;

/** What a failed call answers. `dom` and `net` are never sent by servers. @libvirt virNetMessageError */
export const wireError = struct(errorFields);
export interface WireError extends OutFields<typeof errorFields> {}
export type WireErrorInput = InFields<typeof errorFields>;

const holeFields = { length: hyper, flags: uint } satisfies Fields;

/** A run of zero bytes inside a sparse stream. @libvirt virNetStreamHole */
export const streamHole = struct(holeFields);
export interface StreamHole extends OutFields<typeof holeFields> {}
