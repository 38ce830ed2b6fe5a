import { element, type FieldsOf, type Integer64, optAttr, optChild, uint, uint64 } from '@virtkit/xml';
import { plainError } from './errors.js';

const rateFields = {
  average: optAttr<Integer64>(uint64, { omit: 0 }),
  peak: optAttr<Integer64>(uint64, { omit: 0 }),
  floor: optAttr<Integer64>(uint64, { omit: 0 }),
  burst: optAttr<Integer64>(uint64, { omit: 0 }),
};
/** Kilobytes a second; `burst` kilobytes. */
export interface BandwidthRate extends FieldsOf<typeof rateFields> {}

/** Kilobytes whose bytes 32 bits hold. */
const largestBurst = 4_194_303;

const rate = (tag: 'inbound' | 'outbound') =>
  element<BandwidthRate>(tag, rateFields, {
    omitEmpty: true,
    refine(value, node) {
      const given = (name: string) => node.attributes.some((attribute, index) => index % 2 === 0 && attribute === name);
      if (!given('average') && !given('floor')) throw error('Missing mandatory average or floor attributes');
      if ((value.peak !== undefined || value.burst !== undefined) && value.average === undefined)
        throw error("'peak' and 'burst' require 'average' attribute");
      if (value.burst !== undefined && value.burst > largestBurst)
        throw plainError(
          'OVERFLOW',
          `value '${value.burst}' is too big for 'burst' parameter, maximum is '${largestBurst}'`,
        );
    },
  });

const error = (text: string): Error => plainError('XML_DETAIL', text);

const fields = {
  classID: optAttr(uint({ min: 1 })),
  inbound: optChild(rate('inbound')),
  outbound: optChild(rate('outbound')),
};
/** Limits of a port or of a whole network. */
export interface Bandwidth extends FieldsOf<typeof fields> {}

/** `classId`: the class of the network's queue a port has; `floor`: a guaranteed rate is possible there. */
const bandwidthElement = (allowed: { readonly classId: boolean; readonly floor: boolean }) =>
  element<Bandwidth>('bandwidth', fields, {
    omitEmpty: true,
    refine(value) {
      if (value.classID !== undefined && !allowed.classId)
        throw plainError('XML_DETAIL', 'classID attribute not supported on <bandwidth> in this usage context');
      if (value.inbound?.floor !== undefined && !allowed.floor)
        throw plainError('CONFIG_UNSUPPORTED', 'floor attribute is not supported for this config');
      if (value.outbound?.floor !== undefined)
        throw plainError('XML_DETAIL', "'floor' attribute allowed only in <inbound> element");
    },
  });

/** Of a network or a port group. */
export const networkBandwidth = bandwidthElement({ classId: false, floor: false });
/** Of a port, which is given a class of its own. */
export const portBandwidth = bandwidthElement({ classId: true, floor: true });
