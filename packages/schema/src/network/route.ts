import { attr, element, type FieldsOf, optAttr, text, uint } from '@virtkit/xml';

const fields = {
  family: optAttr(text, { emptyIsAbsent: true }),
  address: attr(text, { default: '' }),
  netmask: optAttr(text, { emptyIsAbsent: true }),
  prefix: optAttr(uint()),
  gateway: attr(text, { default: '' }),
  metric: optAttr(uint({ min: 1 })),
};
/** A network behind one of the guests. */
export interface NetworkRoute extends FieldsOf<typeof fields> {}
export const networkRoute = element<NetworkRoute>('route', fields);
