import { attr, child, element, type FieldsOf, list, oneOf, optAttr, optChild, text, uint, uuid } from '@virtkit/xml';
import { errorsFrom } from '../../errors/virt-error.js';
import { missing, unsupported } from '../../values/failures.js';

const storageError = errorsFrom('STORAGE');
const virtError = errorsFrom('NONE');

const badUuid = { invalid: (value: string) => virtError('XML_ERROR', `invalid secret uuid '${value}'`) };

/** A secret is named one way and no other. */
function checkReference({ uuid: id, usage }: { uuid?: string | undefined; usage?: string | undefined }): void {
  if (id === undefined && usage === undefined) throw virtError('XML_ERROR', 'missing secret uuid or usage attribute');
  if (id !== undefined && usage !== undefined) {
    throw virtError('XML_ERROR', 'either secret uuid or usage expected');
  }
}

const secretRows = {
  type: attr(oneOf('none', 'volume', 'ceph', 'iscsi', 'tls', 'vtpm'), {
    ...unsupported("unknown secret type '$'"),
    ...missing('CONFIG_UNSUPPORTED', "unknown secret type '<null>'"),
  }),
  usage: optAttr(text),
  uuid: optAttr(uuid, badUuid),
};
/** Which secret of the daemon is meant: by UUID or by usage. */
export interface SecretReference extends FieldsOf<typeof secretRows> {}

const authRows = {
  username: attr(text, { missing: () => storageError('XML_ERROR', 'missing username for auth') }),
  secret: child(element<SecretReference>('secret', secretRows, { refine: checkReference }), {
    missing: () => storageError('XML_ERROR', 'Missing <secret> element in auth'),
  }),
};
/** `<auth>`: how a network storage knows us. */
export interface StorageAuth extends FieldsOf<typeof authRows> {}
export const storageAuth = element<StorageAuth>('auth', authRows);

const encryptionSecretRows = {
  type: attr(oneOf('passphrase'), {
    invalid: (value) => storageError('CONFIG_UNSUPPORTED', `unknown volume encryption secret type ${value}`),
    missing: () => storageError('XML_ERROR', 'unknown volume encryption secret type'),
  }),
  uuid: optAttr(uuid, badUuid),
  usage: optAttr(text),
};
export interface EncryptionSecret extends FieldsOf<typeof encryptionSecretRows> {}
const cipherRows = { name: attr(text), size: attr(uint()), mode: optAttr(text), hash: optAttr(text) };
export interface EncryptionCipher extends FieldsOf<typeof cipherRows> {}
const ivgenRows = { name: attr(text), hash: optAttr(text) };
export interface EncryptionIvgen extends FieldsOf<typeof ivgenRows> {}
const encryptionRows = {
  format: attr(oneOf('default', 'qcow', 'luks', 'luks2', 'luks-any'), {
    invalid: (value) => storageError('CONFIG_UNSUPPORTED', `unknown volume encryption format type ${value}`),
    missing: () => storageError('XML_ERROR', 'unknown volume encryption format'),
  }),
  engine: optAttr(oneOf('qemu', 'librbd')),
  secrets: list(element<EncryptionSecret>('secret', encryptionSecretRows, { refine: checkReference })),
  cipher: optChild(element<EncryptionCipher>('cipher', cipherRows)),
  ivgen: optChild(element<EncryptionIvgen>('ivgen', ivgenRows)),
};
/** `<encryption>` of a disk or a volume. */
export interface StorageEncryption extends FieldsOf<typeof encryptionRows> {}
export const storageEncryption = element<StorageEncryption>('encryption', encryptionRows);
