import { attributeOf, element, type ElementType, type FieldsOf, optAttr, text, uuid } from '@virtkit/xml';
import { commonError } from './errors.js';

const rows = {
  type: optAttr(text),
  usage: optAttr(text),
  uuid: optAttr(uuid, { invalid: (value) => commonError('XML_ERROR', `invalid secret uuid '${value}'`) }),
};
/** Which secret: by uuid or by usage, never both. */
export interface SecretReference extends FieldsOf<typeof rows> {}

/** A `<secret>` inside `<auth>`. */
export const secretReference: ElementType<SecretReference> = element<SecretReference>('secret', rows, {
  refine(_value, node) {
    requireOneName(attributeOf(node, 'uuid'), attributeOf(node, 'usage'));
  },
});

/** Throws unless exactly one of the two is there. */
export function requireOneName(byUuid: string | undefined, byUsage: string | undefined): void {
  if (byUuid === undefined && byUsage === undefined)
    throw commonError('XML_ERROR', 'missing secret uuid or usage attribute');
  if (byUuid !== undefined && byUsage !== undefined)
    throw commonError('XML_ERROR', 'either secret uuid or usage expected');
}
