import {
  attr,
  child,
  element,
  type FieldsOf,
  oneOf,
  optAttr,
  optChild,
  optContent,
  text,
  uint,
  union,
  type VariantsOf,
} from '@virtkit/xml';
import { missing, missingError, refuse } from '../../values/failures.js';
import { deviceInfo, virtioDriver } from '../device-info.js';
import { charSource } from './char-source.js';

const rateRows = {
  bytes: attr(uint(), refuse('XML_ERROR', 'invalid RNG rate bytes value')),
  period: optAttr(uint(), { omit: 0, ...refuse('XML_ERROR', 'invalid RNG rate period value') }),
};
/** `bytes` in `period` milliseconds. */
export interface RngRate extends FieldsOf<typeof rateRows> {}

const egd = charSource(missingError('XML_ERROR', 'missing EGD backend type'));
const backends = {
  random: { device: optContent(text) },
  egd: { source: egd.tag, $source: egd.body },
  builtin: {},
};
/** Where the randomness comes from. */
export type RngBackend = VariantsOf<'model', typeof backends>;
const rngRows = {
  model: attr(oneOf('virtio', 'virtio-transitional', 'virtio-non-transitional')),
  rate: optChild(element<RngRate>('rate', rateRows)),
  backend: child(
    union<RngBackend>('backend', 'model', backends),
    missing('XML_ERROR', 'only one RNG backend is supported'),
  ),
  driver: optChild(virtioDriver),
  ...deviceInfo,
};
/** `<rng>` */
export interface Rng extends FieldsOf<typeof rngRows> {}
export const rng = element<Rng>('rng', rngRows);
