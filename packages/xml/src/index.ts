export { type Position, syntaxError, valueError, XmlError } from './xml-error.js';
export { attributeOf, childOf, childrenOf, textOf, type XmlDocument, type XmlNode } from './reader/node.js';
export { defaultLimits, type Limits } from './reader/limits.js';
export { positionAt } from './reader/position.js';
export { readDocument, type ReadOptions } from './reader/read-document.js';
export { type ObjectReaderOptions, readObject } from './reader/object-reader.js';
export { escapeText } from './writer/escape.js';
export { deeper, writtenAttribute, writtenElement, writtenText } from './writer/layout.js';
export { isElement, namespaceOf, type RawElement, type RawNode, rawAttribute } from './raw/raw-node.js';
export { readRaw } from './raw/read-raw.js';
export { writeRaw, writeRawInline } from './raw/write-raw.js';
export { onePerNamespace, raw } from './raw/raw-row.js';
export {
  type Coverage,
  type Extensions,
  inMode,
  type Mode,
  type Modes,
  type NamespaceRows,
  positionOf,
  type ReadContext,
  type WriteContext,
} from './table/context.js';
export {
  type BoundRow,
  type Checker,
  type ElementType,
  type FieldsOf,
  type Hidden,
  type HiddenRow,
  type Known,
  type Lazy,
  matchedTag,
  type Report,
  type Row,
  type Rows,
  type Tag,
  type Target,
  type VariantsOf,
  writtenTag,
} from './table/row.js';
export {
  hex,
  int,
  int64,
  type Integer64,
  mac,
  nonEmpty,
  oneOf,
  onOff,
  type Scalar,
  text,
  uint,
  uint53,
  uint64,
  type UintOptions,
  uuid,
  yesNo,
} from './table/scalar.js';
export type { Failures } from './table/failure.js';
export { attr, optAttr } from './table/attribute-rows.js';
export { content, flag, optContent, optText, textChild } from './table/text-rows.js';
export { child, list, optChild, optList, wrapped } from './table/child-rows.js';
export { element, type ElementOptions } from './table/element.js';
export { type Lifted, lifted, union, type UnionOptions, type Variants } from './table/union.js';
export { within, type Within } from './table/within.js';
export { legacy, only, special, specialRequired, virtual, writeOnly } from './table/modal-rows.js';
export { type ExtensionValues, namespaces, namespaceTag, place } from './table/extension-rows.js';
export { sizeInBytes, type SizeProblem, unitBytes } from './table/scaled.js';
export {
  checkElement,
  formatElement,
  parseElement,
  type ParseOptions,
  type Problem,
  readElement,
} from './table/document.js';
