import {
  attr,
  element,
  type FieldsOf,
  hex,
  list,
  oneOf,
  only,
  onOff,
  optAttr,
  optText,
  type ReadContext,
  type Row,
  specialRequired,
  text,
  textChild,
  uint,
  union,
  type VariantsOf,
  violated,
  type XmlNode,
  yesNo,
} from '@virtkit/xml';
import { errorsFrom } from '../errors/virt-error.js';
import { missing, refuse } from '../values/failures.js';

const domainError = errorsFrom('DOMAIN');

const seclabelRows = {
  type: optAttr(oneOf('none', 'dynamic', 'static')),
  model: optAttr(text, { emptyIsAbsent: true }),
  relabel: optAttr(yesNo),
  label: optText(text, { emptyIsAbsent: true }),
  imagelabel: only('live', optText(text, { emptyIsAbsent: true })),
  baselabel: optText(text, { emptyIsAbsent: true }),
};
/** `<seclabel>` of the domain; without `type` the driver's default, which isn't written. */
export interface Seclabel extends FieldsOf<typeof seclabelRows> {}
const fullSeclabel = element<Seclabel>('seclabel', seclabelRows, { refine: refineSeclabel });
export const seclabel: typeof fullSeclabel = {
  ...fullSeclabel,
  write: (value, indent, context) => (value.type === undefined ? '' : fullSeclabel.write(value, indent, context)),
};

function refineSeclabel(value: Seclabel, _node: XmlNode, { live }: ReadContext): void {
  if (value.type === 'dynamic' && value.relabel === false) {
    throw domainError('CONFIG_UNSUPPORTED', 'dynamic label type must use resource relabeling');
  }
  if (value.type === 'none' && value.relabel === true) {
    throw domainError('CONFIG_UNSUPPORTED', "resource relabeling is not compatible with 'none' label type");
  }
  if (value.type === 'static' && value.label === undefined) throw domainError('XML_ERROR', 'security label is missing');
  if (value.model === undefined && value.type !== 'dynamic' && value.type !== 'none') {
    throw domainError('XML_ERROR', 'missing security model in domain seclabel');
  }
  if (value.type === 'none') delete value.relabel;
  else value.relabel ??= value.type !== 'static';
  if (value.type !== 'static' && live !== true) delete value.label;
  if (value.type !== 'dynamic') delete value.baselabel;
}

/** A model has one label. */
export function refuseRepeatedModels(
  labels: readonly { readonly model?: string | undefined }[],
  isDevice = false,
): void {
  const seen = new Set<string | undefined>();
  for (const { model } of labels) {
    if (seen.has(model) && !(isDevice && model === undefined)) {
      throw domainError('XML_DETAIL', `seclabel for model ${model ?? '(null)'} is already provided`);
    }
    seen.add(model);
  }
}

const deviceSeclabelRows = {
  model: optAttr(text, { emptyIsAbsent: true }),
  relabel: optAttr(yesNo),
  labelskip: optAttr(yesNo, { omit: false }),
  label: optText(text, { emptyIsAbsent: true }),
};
/** `<seclabel>` of a device's source; `labelskip` is known of running guests only. */
export interface DeviceSeclabel extends FieldsOf<typeof deviceSeclabelRows> {}
const deviceSeclabel = element<DeviceSeclabel>('seclabel', deviceSeclabelRows, {
  refine: (value, node, context) => {
    const model = value.model ?? '(null)';
    if (value.labelskip === true) {
      delete value.relabel;
      return;
    }
    if ((value.label === undefined) !== (value.relabel === false)) violated(node, context);
    if (value.label !== undefined && value.relabel === false) {
      throw domainError('XML_ERROR', `Cannot specify a label if relabelling is turned off. model=${model}`);
    }
    if (value.label === undefined && value.relabel !== false) {
      throw domainError('XML_ERROR', `Cannot specify relabel if label is missing. model=${model}`);
    }
    value.relabel ??= true;
  },
});
const allSeclabels = list(deviceSeclabel);

/** Labels of a device's source. What says only that labelling was skipped isn't kept in definitions. */
export const deviceSeclabels: Row<DeviceSeclabel[], false> = specialRequired<DeviceSeclabel[]>((key) => {
  const bound = allSeclabels.bind(key);
  return {
    ...bound,
    read(node, target, context) {
      bound.read?.(node, target, context);
      const labels = target[key] as DeviceSeclabel[];
      refuseRepeatedModels(labels, true);
      if (context.live !== true) target[key] = labels.filter(({ labelskip }) => labelskip !== true);
    },
  };
});

const cipherRows = { name: attr(oneOf('aes', 'dea')), state: attr(onOff) };
/** One of `<keywrap>`. */
export interface KeywrapCipher extends FieldsOf<typeof cipherRows> {}
export const keywrapCipher = element<KeywrapCipher>('cipher', cipherRows);

const wide = { max: Number.MAX_SAFE_INTEGER };
const noPolicy = {
  ...refuse('XML_ERROR', 'failed to get launch security policy'),
  ...missing('XML_ERROR', 'failed to get launch security policy'),
};
const guests = {
  sev: {
    kernelHashes: optAttr(yesNo),
    cbitpos: optText(uint(), refuse('XML_ERROR', 'Invalid format for launch security cbitpos')),
    reducedPhysBits: optText(uint(), refuse('XML_ERROR', 'Invalid format for launch security reduced-phys-bits')),
    policy: textChild(hex(4), { ...noPolicy }),
    dhCert: optText(text),
    session: optText(text),
  },
  'sev-snp': {
    kernelHashes: optAttr(yesNo),
    authorKey: optAttr(yesNo),
    vcek: optAttr(yesNo),
    cbitpos: optText(uint(), refuse('XML_ERROR', 'Invalid format for launch security cbitpos')),
    reducedPhysBits: optText(uint(), refuse('XML_ERROR', 'Invalid format for launch security reduced-phys-bits')),
    policy: textChild(hex(8, wide), { ...noPolicy }),
    guestVisibleWorkarounds: optText(text),
    idBlock: optText(text),
    idAuth: optText(text),
    hostData: optText(text),
  },
  's390-pv': {},
};
/** `<launchSecurity>` */
export type LaunchSecurity = VariantsOf<'type', typeof guests>;
export const launchSecurity = union<LaunchSecurity>('launchSecurity', 'type', guests);
