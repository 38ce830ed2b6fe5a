import { uint, type Scalar } from '@virtkit/xml';

const strict = uint();

/** A number; NaN for text that is none, which a later check refuses naming the network. */
export const looseUint: Scalar<number> = {
  parse: (value) => strict.parse(value) ?? Number.NaN,
  format: String,
};
