import {
  attr,
  child,
  childrenOf,
  element,
  type FieldsOf,
  flag,
  oneOf,
  optAttr,
  optChild,
  text,
  uint,
  union,
  uuid,
  type VariantsOf,
  yesNo,
} from '@virtkit/xml';
import { errorsFrom } from '../../errors/virt-error.js';
import { missing, refuse } from '../../values/failures.js';
import { deviceInfo } from '../device-info.js';
import { absolutePath } from '../../values/paths.js';

const domainError = errorsFrom('DOMAIN');

const deviceRows = { path: optAttr(text) };
export interface TpmDevicePath extends FieldsOf<typeof deviceRows> {}
const encryptionRows = { secret: optAttr(uuid, refuse('INTERNAL_ERROR', "Unable to parse secret uuid '$'")) };
export interface TpmEncryption extends FieldsOf<typeof encryptionRows> {}
const banksRows = { sha1: flag(), sha256: flag(), sha384: flag(), sha512: flag() };
/** Banks of measurements the TPM keeps. */
export interface TpmPcrBanks extends FieldsOf<typeof banksRows> {}
const emulatorSourceRows = {
  type: attr(oneOf('file', 'dir')),
  path: attr(absolutePath, missing('XML_ERROR', 'missing TPM source path')),
};
/** Where the emulator keeps its state. */
export interface TpmEmulatorSource extends FieldsOf<typeof emulatorSourceRows> {}
const profileRows = {
  source: optAttr(text),
  removeDisabled: optAttr(oneOf('check', 'fips-host'), { as: 'remove_disabled' }),
  name: optAttr(text),
};
export interface TpmProfile extends FieldsOf<typeof profileRows> {}

/** The socket of an external TPM: `<source type='unix' mode= path=/>`, a character device within one element. */
const externalSourceRows = {
  type: attr(oneOf('unix'), {
    ...refuse('XML_ERROR', "only source type 'unix' is supported for external TPM device"),
    ...missing('XML_ERROR', 'missing external TPM backend source type'),
  }),
  mode: optAttr(oneOf('connect', 'bind')),
  path: optAttr(text),
};
export interface TpmExternalSource extends FieldsOf<typeof externalSourceRows> {}

const backends = {
  passthrough: { device: optChild(element<TpmDevicePath>('device', deviceRows, { omitEmpty: true })) },
  emulator: {
    version: optAttr(oneOf('1.2', '2.0')),
    debug: optAttr(uint(), { omit: 0 }),
    persistentState: optAttr(yesNo, {
      as: 'persistent_state',
      omit: false,
      ...refuse('INTERNAL_ERROR', "Invalid persistent_state value, either 'yes' or 'no'"),
    }),
    encryption: optChild(element<TpmEncryption>('encryption', encryptionRows, { omitEmpty: true })),
    activePcrBanks: optChild(element<TpmPcrBanks>('active_pcr_banks', banksRows, { omitEmpty: true })),
    source: optChild(element<TpmEmulatorSource>('source', emulatorSourceRows)),
    profile: optChild(element<TpmProfile>('profile', profileRows)),
  },
  external: {
    source: child(
      element<TpmExternalSource>('source', externalSourceRows),
      missing('XML_ERROR', 'missing external TPM backend source type'),
    ),
  },
};
/** What stands behind a TPM. */
export type TpmBackend = VariantsOf<'type', typeof backends>;
const tpmRows = {
  model: optAttr(oneOf('tpm-tis', 'tpm-crb', 'tpm-spapr', 'spapr-tpm-proxy', 'default'), { omit: 'default' }),
  backend: child(union<TpmBackend>('backend', 'type', backends), missing('XML_ERROR', 'missing TPM device backend')),
  ...deviceInfo,
};
/** `<tpm>`; completion chooses an absent model and version. */
export interface Tpm extends FieldsOf<typeof tpmRows> {}
export const tpm = element<Tpm>('tpm', tpmRows, {
  refine: ({ backend }, node) => {
    if (childrenOf(node, 'backend').length > 1) throw domainError('XML_ERROR', 'only one TPM backend is supported');
    if (backend.type === 'external' && backend.source.mode === 'bind') {
      throw domainError('XML_ERROR', "only 'connect' mode is supported for external TPM device");
    }
  },
});
