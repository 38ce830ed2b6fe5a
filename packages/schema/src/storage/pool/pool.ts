import {
  attr,
  attributeOf,
  element,
  type ElementType,
  type FieldsOf,
  oneOf,
  optAttr,
  optChild,
  optText,
  type Row,
  type Scalar,
  special,
  text,
  uuid,
  type XmlNode,
  yesNo,
} from '@virtkit/xml';
import { storageError, storageXmlError } from '../errors.js';
import { permissions } from '../permissions.js';
import { configOptions, mountOptions } from './options.js';
import { poolTraits, poolTypeNames, type StoragePoolType } from './pool-types.js';
import { poolSource } from './source.js';
import { absolutePath } from '../../values/paths.js';

const poolType: Scalar<StoragePoolType> = oneOf(...poolTypeNames);

const cowRows = { state: optAttr(yesNo) };
const featureRows = { cow: optChild(element<FieldsOf<typeof cowRows>>('cow', cowRows, { omitEmpty: true })) };
export interface PoolFeatures extends FieldsOf<typeof featureRows> {}

const targetRows = { path: optText(absolutePath, { emptyIsAbsent: true }), permissions: optChild(permissions) };
/** Where the pool is on this host. */
export interface PoolTarget extends FieldsOf<typeof targetRows> {}

const allocationModes = oneOf('default', 'capacity');
const volumeRefreshRows = {
  allocation: optAttr(allocationModes, {
    invalid: (value) =>
      storageError('CONFIG_UNSUPPORTED', `unknown storage pool volume refresh allocation type ${value}`),
  }),
};
const refreshRows = {
  volume: optChild(element<FieldsOf<typeof volumeRefreshRows>>('volume', volumeRefreshRows, { omitEmpty: true })),
};
export interface PoolRefresh extends FieldsOf<typeof refreshRows> {}

/** Bytes; what a document says about them is not read. */
const measured: Row<bigint, true> = special<bigint>((key) => ({
  body: (source, indent) => `${indent}<${key} unit='bytes'>${(source[key] as bigint | undefined) ?? 0n}</${key}>\n`,
  known: () => ({ children: [[key, undefined]] }),
}));

const target = optChild(element<PoolTarget>('target', targetRows, { omitEmpty: true }));
/** Pools on a network have no target. */
const ownTarget: typeof target = {
  ...target,
  bind(key) {
    const bound = target.bind(key);
    return {
      ...bound,
      read(node, value, context) {
        if (poolTraits(value['type'] as StoragePoolType).network !== true) bound.read?.(node, value, context);
      },
      known: (node) => (targetless(node) ? {} : (bound.known?.(node) ?? {})),
    };
  },
};

const targetless = (node: XmlNode): boolean => {
  const type = poolType.parse(attributeOf(node, 'type') ?? '');
  return type === 'zfs' || (type !== undefined && poolTraits(type).network === true);
};

const rows = {
  type: attr(poolType),
  name: optText(text, { emptyIsAbsent: true }),
  uuid: optText(uuid, { emptyIsAbsent: true, invalid: storageXmlError('malformed uuid element') }),
  capacity: measured,
  allocation: measured,
  available: measured,
  features: optChild(element<PoolFeatures>('features', featureRows, { omitEmpty: true })),
  source: poolSource,
  target: ownTarget,
  refresh: optChild(element<PoolRefresh>('refresh', refreshRows, { omitEmpty: true })),
  mountOptions,
  configOptions,
};
/** A pool document as it is written: before completion name and uuid may be absent. */
export interface StoragePoolDocument extends FieldsOf<typeof rows> {}
/** A completed pool. */
export interface StoragePool extends StoragePoolDocument {
  name: string;
  uuid: string;
  source: NonNullable<StoragePoolDocument['source']>;
}

export const storagePool: ElementType<StoragePoolDocument> = element<StoragePoolDocument>('pool', rows);
