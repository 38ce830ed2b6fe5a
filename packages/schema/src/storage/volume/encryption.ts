import {
  attr,
  attributeOf,
  element,
  type ElementType,
  type FieldsOf,
  list,
  oneOf,
  optAttr,
  optChild,
  text,
  uint,
  uuid,
} from '@virtkit/xml';
import { commonError, storageError, storageXmlError } from '../errors.js';
import { requireOneName } from '../secret-reference.js';

const secretRows = {
  type: attr(oneOf('passphrase'), {
    invalid: (value) => storageError('CONFIG_UNSUPPORTED', `unknown volume encryption secret type ${value}`),
    missing: storageXmlError('unknown volume encryption secret type'),
  }),
  uuid: optAttr(uuid, { invalid: (value) => commonError('XML_ERROR', `invalid secret uuid '${value}'`) }),
  usage: optAttr(text),
};
export interface EncryptionSecret extends FieldsOf<typeof secretRows> {}
const secret = element<EncryptionSecret>('secret', secretRows, {
  refine(_value, node) {
    requireOneName(attributeOf(node, 'uuid'), attributeOf(node, 'usage'));
  },
});

const cipherRows = {
  name: attr(text, { missing: storageXmlError("cipher info missing 'name' attribute") }),
  size: attr(uint()),
  mode: optAttr(text),
  hash: optAttr(text),
};
export interface EncryptionCipher extends FieldsOf<typeof cipherRows> {}
const ivgenRows = {
  name: attr(text, { missing: storageXmlError('missing ivgen info name string') }),
  hash: optAttr(text),
};
export interface EncryptionIvgen extends FieldsOf<typeof ivgenRows> {}

const rows = {
  format: attr(oneOf('default', 'qcow', 'luks', 'luks2', 'luks-any'), {
    invalid: (value) => storageError('CONFIG_UNSUPPORTED', `unknown volume encryption format type ${value}`),
    missing: storageXmlError('unknown volume encryption format'),
  }),
  engine: optAttr(oneOf('qemu', 'librbd')),
  secret: list(secret),
  cipher: optChild(element<EncryptionCipher>('cipher', cipherRows)),
  ivgen: optChild(element<EncryptionIvgen>('ivgen', ivgenRows)),
};
/** How a volume's content is enciphered. */
export interface VolumeEncryption extends FieldsOf<typeof rows> {}

const table = element<VolumeEncryption>('encryption', rows, {
  refine(value) {
    if (value.ivgen !== undefined && value.cipher === undefined)
      throw storageError('XML_ERROR', 'ivgen element found, but cipher is missing');
  },
});
/** Written with a closing tag also when nothing stands inside. */
export const volumeEncryption: ElementType<VolumeEncryption> = {
  ...table,
  write(value, indent, context) {
    const lines = table.write(value, indent, context);
    return lines.endsWith('/>\n') && !lines.slice(0, -1).includes('\n')
      ? `${lines.slice(0, -3)}>\n${indent}</encryption>\n`
      : lines;
  },
};
