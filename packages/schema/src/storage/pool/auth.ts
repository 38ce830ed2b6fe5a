import { attr, element, type ElementType, type FieldsOf, child, oneOf, optAttr, text } from '@virtkit/xml';
import { storageError, storageXmlError } from '../errors.js';
import { secretReference } from '../secret-reference.js';

const rows = {
  type: optAttr(oneOf('chap', 'ceph'), {
    invalid: (value) => storageError('CONFIG_UNSUPPORTED', `unknown auth type '${value}'`),
  }),
  username: attr(text, { missing: storageXmlError('missing username for auth') }),
  secret: child(secretReference, { missing: storageXmlError('Missing <secret> element in auth') }),
};
/** How the pool's server is logged in to. */
export interface StorageAuth extends FieldsOf<typeof rows> {}

export const auth: ElementType<StorageAuth> = element<StorageAuth>('auth', rows, {
  refine(value) {
    if (value.type === undefined) throw storageError('CONFIG_UNSUPPORTED', 'storage pool missing auth type');
  },
});
