import { element, type FieldsOf, optAttr, yesNo } from '@virtkit/xml';

const fields = { isolated: optAttr(yesNo) };
/** Whether ports of a bridge see each other. */
export interface PortOptions extends FieldsOf<typeof fields> {}
export const portOptions = element<PortOptions>('port', fields, { omitEmpty: true });
