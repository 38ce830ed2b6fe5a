import { attr, child, element, type FieldsOf, list, oneOf, optAttr, optChild, text, uint, uuid } from '@virtkit/xml';
import { missing, refuse, unsupported } from '../../values/failures.js';

const secretRows = {
  type: attr(oneOf('iscsi', 'ceph', 'volume', 'tls', 'vtpm'), {
    ...unsupported("unknown secret type '$'"),
    ...missing('CONFIG_UNSUPPORTED', "unknown secret type '<null>'"),
  }),
  usage: optAttr(text),
  uuid: optAttr(uuid, refuse('XML_ERROR', "invalid uuid '$'")),
};
/** Which secret of the daemon is meant: by UUID or by usage. */
export interface SecretReference extends FieldsOf<typeof secretRows> {}

const authRows = { username: attr(text), secret: child(element<SecretReference>('secret', secretRows)) };
/** `<auth>`: how a network storage knows us. */
export interface StorageAuth extends FieldsOf<typeof authRows> {}
export const storageAuth = element<StorageAuth>('auth', authRows);

const encryptionSecretRows = { type: attr(oneOf('passphrase')), uuid: optAttr(uuid), usage: optAttr(text) };
export interface EncryptionSecret extends FieldsOf<typeof encryptionSecretRows> {}
const cipherRows = { name: attr(text), size: attr(uint()), mode: optAttr(text), hash: optAttr(text) };
export interface EncryptionCipher extends FieldsOf<typeof cipherRows> {}
const ivgenRows = { name: attr(text), hash: optAttr(text) };
export interface EncryptionIvgen extends FieldsOf<typeof ivgenRows> {}
const encryptionRows = {
  format: attr(oneOf('default', 'qcow', 'luks', 'luks2', 'luks-any')),
  engine: optAttr(oneOf('qemu', 'librbd')),
  secrets: list(element<EncryptionSecret>('secret', encryptionSecretRows)),
  cipher: optChild(element<EncryptionCipher>('cipher', cipherRows)),
  ivgen: optChild(element<EncryptionIvgen>('ivgen', ivgenRows)),
};
/** `<encryption>` of a disk or a volume. */
export interface StorageEncryption extends FieldsOf<typeof encryptionRows> {}
export const storageEncryption = element<StorageEncryption>('encryption', encryptionRows);
