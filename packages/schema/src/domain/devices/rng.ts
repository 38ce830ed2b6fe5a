import {
  attr,
  child,
  childrenOf,
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
import { errorsFrom } from '../../errors/virt-error.js';
import { missing, refuse, unsupported } from '../../values/failures.js';
import { deviceInfo, virtioDriver } from '../device-info.js';
import { charSource } from './char-source.js';

const domainError = errorsFrom('DOMAIN');

const rateRows = {
  bytes: attr(uint(), { default: 0, ...refuse('XML_ERROR', 'invalid RNG rate bytes value') }),
  period: optAttr(uint(), { omit: 0, ...refuse('XML_ERROR', 'invalid RNG rate period value') }),
};
/** `bytes` in `period` milliseconds. */
export interface RngRate extends FieldsOf<typeof rateRows> {}
const fullRate = element<RngRate>('rate', rateRows);
/** Nothing a second is no limit. */
const rngRate: typeof fullRate = {
  ...fullRate,
  write: (value, indent, context) => (value.bytes === 0 ? '' : fullRate.write(value, indent, context)),
};

const egd = charSource({
  ...missing('XML_ERROR', 'missing EGD backend type'),
  ...unsupported("unknown backend type '$' for egd"),
});
const backends = {
  random: { device: optContent(text) },
  egd: { source: egd.tag, $source: egd.body },
  builtin: {},
};
/** Where the randomness comes from. */
export type RngBackend = VariantsOf<'model', typeof backends>;
const rngRows = {
  model: attr(oneOf('virtio', 'virtio-transitional', 'virtio-non-transitional')),
  rate: optChild(rngRate),
  backend: child(
    union<RngBackend>('backend', 'model', backends),
    missing('XML_ERROR', 'only one RNG backend is supported'),
  ),
  driver: optChild(virtioDriver),
  ...deviceInfo,
};
/** `<rng>` */
export interface Rng extends FieldsOf<typeof rngRows> {}
export const rng = element<Rng>('rng', rngRows, {
  refine: (_value, node) => {
    if (childrenOf(node, 'backend').length > 1) throw domainError('XML_ERROR', 'only one RNG backend is supported');
  },
});
