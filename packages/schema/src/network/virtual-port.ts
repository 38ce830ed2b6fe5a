import { element, type FieldsOf, oneOf, optAttr, type Scalar, text, uint, uuid, within } from '@virtkit/xml';
import { errorsFrom } from '../errors/virt-error.js';
import { plainError } from './errors.js';

const netError = errorsFrom('NET');

const number = (name: string, max: number): { readonly invalid: (value: string) => Error } => ({
  invalid: (value) =>
    plainError(
      'XML_ERROR',
      /^\d+$/.test(value) && Number(value) > max
        ? `value of ${name} out of range`
        : `cannot parse value of ${name} parameter`,
    ),
});
const id = (name: string): { readonly invalid: () => Error } => ({
  invalid: () => plainError('XML_ERROR', `cannot parse ${name} parameter as a uuid`),
});
const longestProfile = 39;
const profile: Scalar<string> = { ...text, parse: (value) => (value.length > longestProfile ? undefined : value) };

const fields = {
  type: optAttr(oneOf('802.1Qbg', '802.1Qbh', 'openvswitch', 'midonet'), {
    invalid: (value) => plainError('XML_ERROR', `unknown virtualport type ${value}`),
  }),
  ...within('parameters', {
    managerid: optAttr(uint({ max: 0xff, anyBase: true }), number('managerid', 0xff)),
    typeid: optAttr(uint({ max: 0xffffff, anyBase: true }), number('typeid', 0xffffff)),
    typeidversion: optAttr(uint({ max: 0xff, anyBase: true }), number('typeidversion', 0xff)),
    instanceid: optAttr(uuid, id('instanceid')),
    interfaceid: optAttr(uuid, id('interfaceid')),
    profileid: optAttr(profile, { invalid: () => plainError('XML_ERROR', 'profileid parameter too long') }),
  }),
};
/** What a switch outside needs to know of a port. @libvirt virNetDevVPortProfile */
export interface VirtualPort extends FieldsOf<typeof fields> {}
export const virtualPort = element<VirtualPort>('virtualport', fields, { refine: refuseExtras });

const only8021Qbg = ['managerid', 'typeid', 'typeidversion', 'instanceid'] as const;

/** A parameter of another type of switch is refused; without type all are taken. */
function refuseExtras(port: VirtualPort): void {
  const { type } = port;
  if (type === undefined) return;
  const extra =
    (type === '802.1Qbg' ? undefined : only8021Qbg.find((name) => port[name] !== undefined)) ??
    (port.profileid !== undefined && type !== '802.1Qbh' && type !== 'openvswitch' ? 'profileid' : undefined) ??
    (port.interfaceid !== undefined && type !== 'openvswitch' && type !== 'midonet' ? 'interfaceid' : undefined);
  if (extra !== undefined) throw netError('XML_ERROR', `extra ${extra} unsupported in <virtualport type='${type}'>`);
}
