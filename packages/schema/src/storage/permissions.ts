import { element, type ElementType, type FieldsOf, optText, type Scalar, text } from '@virtkit/xml';
import { storageXmlError } from './errors.js';

const largestMode = 0o7777;
const octal: Scalar<number> = {
  parse(value) {
    const digits = /^\s*\+?([0-7]+)$/.exec(value)?.[1];
    const mode = digits === undefined ? Number.NaN : Number.parseInt(digits, 8);
    return mode <= largestPlainMode ? mode : undefined;
  },
  format: (mode) => `0${(mode & largestMode).toString(8)}`,
};
const largestPlainMode = 0o777;

const unset = 4_294_967_295;
/** A user or group number; −1 (in both its forms) says "as it comes". */
const owner: Scalar<number> = {
  parse(value) {
    const digits = /^\s*([+-]?[0-9]+)$/.exec(value)?.[1];
    const id = Number(digits ?? Number.NaN);
    if (id === -1) return unset;
    return id >= 0 && id <= unset ? id : undefined;
  },
  format: String,
};

const rows = {
  mode: optText(octal, { emptyIsAbsent: true, invalid: storageXmlError('malformed octal mode') }),
  owner: optText(owner, { invalid: storageXmlError('malformed owner element') }),
  group: optText(owner, { invalid: storageXmlError('malformed group element') }),
  label: optText(text, { emptyIsAbsent: true }),
};
/** Who owns a directory or file, and its mode. What is absent is left to the default. */
export interface StoragePermissions extends FieldsOf<typeof rows> {}

export const permissions: ElementType<StoragePermissions> = element<StoragePermissions>('permissions', rows, {
  omitEmpty: true,
  refine(value) {
    if (value.owner === unset) delete value.owner;
    if (value.group === unset) delete value.group;
  },
});
