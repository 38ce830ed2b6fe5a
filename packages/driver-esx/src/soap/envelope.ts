import { escapeText } from '@virtkit/xml';

/** A reference to an object of the server: its id and what it is. */
export interface ManagedObject {
  readonly type: string;
  readonly id: string;
}

/** A value in a request: text, a reference, several of the same name, or a data object in the order of its fields. */
export type SoapValue =
  | string
  | number
  | bigint
  | boolean
  | ManagedObject
  | DataObject
  | readonly SoapValue[]
  | undefined;
/** Fields in the order the server's schema has them. */
export interface DataObject {
  /** Needed where a field may hold several types: written as `xsi:type`. */
  readonly xsiType?: string;
  readonly fields: readonly (readonly [name: string, value: SoapValue])[];
}

export const data = (fields: DataObject['fields'], xsiType?: string): DataObject =>
  xsiType === undefined ? { fields } : { fields, xsiType };

/** One call as an envelope. */
export function envelope(method: string, self: ManagedObject, parameters: DataObject['fields']): string {
  const body = [element('_this', self), ...parameters.map(([name, value]) => element(name, value))].join('');
  return (
    '<?xml version="1.0" encoding="UTF-8"?>' +
    '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">' +
    `<soapenv:Body><${method} xmlns="urn:vim25">${body}</${method}></soapenv:Body></soapenv:Envelope>`
  );
}

function element(name: string, value: SoapValue): string {
  if (value === undefined) return '';
  if (typeof value !== 'object') return `<${name}>${escapeText(String(value))}</${name}>`;
  if (isList(value)) return value.map((item) => element(name, item)).join('');
  if ('id' in value) return `<${name} type="${escapeText(value.type)}">${escapeText(value.id)}</${name}>`;
  const type = value.xsiType === undefined ? '' : ` xsi:type="${value.xsiType}"`;
  return `<${name}${type}>${value.fields.map(([field, inner]) => element(field, inner)).join('')}</${name}>`;
}

const isList = (value: object): value is readonly SoapValue[] => Array.isArray(value);
