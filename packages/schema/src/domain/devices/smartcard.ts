import { escapeText, list, optText, text, textOf, union, type VariantsOf } from '@virtkit/xml';
import { errorsFrom } from '../../errors/virt-error.js';
import { missing } from '../../values/failures.js';
import { deviceInfo } from '../device-info.js';
import { charSource } from './char-source.js';

const domainError = errorsFrom('DOMAIN');

const certificate = {
  tag: 'certificate',
  read: textOf,
  write: (value: string, indent: string) => `${indent}<certificate>${escapeText(value)}</certificate>\n`,
  check: () => undefined,
};
const passthrough = charSource(missing('XML_ERROR', 'passthrough mode requires a character device type attribute'));
const modes = {
  host: { ...deviceInfo },
  'host-certificates': { certificates: list(certificate), database: optText(text), ...deviceInfo },
  passthrough: { source: passthrough.tag, $source: passthrough.body, ...deviceInfo },
};
/** `<smartcard>` */
export type Smartcard = VariantsOf<'mode', typeof modes>;
export const smartcard = union<Smartcard>('smartcard', 'mode', modes, {
  refine: (value) => {
    if (value.mode !== 'host-certificates') return;
    if (value.database !== undefined && !value.database.startsWith('/')) {
      throw domainError('XML_ERROR', `expecting absolute path: ${value.database}`);
    }
    if (value.certificates.length !== 3) {
      throw domainError('XML_ERROR', 'host-certificates mode needs exactly three certificates');
    }
  },
});
