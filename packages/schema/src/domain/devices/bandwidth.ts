import { element, type FieldsOf, optAttr, optChild, uint, uint64 } from '@virtkit/xml';

const rateRows = {
  average: optAttr(uint64),
  peak: optAttr(uint64),
  floor: optAttr(uint64),
  burst: optAttr(uint64),
};
/** A limit in kibibytes a second, `burst` in kibibytes. */
export interface BandwidthRate extends FieldsOf<typeof rateRows> {}
const bandwidthRows = {
  classId: optAttr(uint(), { as: 'classID' }),
  inbound: optChild(element<BandwidthRate>('inbound', rateRows)),
  outbound: optChild(element<BandwidthRate>('outbound', rateRows)),
};
/** `<bandwidth>` of interfaces, networks and port groups. */
export interface Bandwidth extends FieldsOf<typeof bandwidthRows> {}
export const bandwidth = element<Bandwidth>('bandwidth', bandwidthRows, { omitEmpty: true });
