export { inPieces, type Pieces, type Sliceable, sliceable, whole } from './pieces.js';
export {
  declarationOf,
  namespaceOf,
  prefixOf,
  type RawElement,
  type RawMember,
  withoutPrefix,
} from './raw/raw-element.js';
export { raw } from './raw/raw-row.js';
export { rawPieces, readRaw, type RawOptions } from './raw/read-raw.js';
export { writeRaw } from './raw/write-raw.js';
export { defaultLimits, type Limits } from './reader/limits.js';
export { attributeOf, childOf, childrenOf, textOf, type XmlDocument, type XmlNode } from './reader/node.js';
export { isDeclaration } from './reader/namespaces.js';
export { type ObjectReaderOptions, readObject } from './reader/object-reader.js';
export { positionAt } from './reader/position.js';
export { documentPieces, type ReadOptions, readDocument } from './reader/read-document.js';
export { attr, optAttr } from './table/attribute-rows.js';
export { isLong } from './table/long.js';
export { child, list, optChild, optList, wrapped } from './table/child-rows.js';
export { inMode, type Mode, type Modes, positionOf } from './table/context.js';
export {
  checkDocument,
  checkElement,
  checkPieces,
  elementPieces,
  formatElement,
  formatPieces,
  type ParseOptions,
  type Problem,
  parseElement,
  parsePieces,
  readElement,
  violationPieces,
} from './table/document.js';
export { type ElementOptions, element } from './table/element.js';
export { type ExtensionValues, namespaces, namespaceTag, place } from './table/extension-rows.js';
export { type Failures, violated } from './table/failure.js';
export { legacy, only, special, specialRequired, virtual, writeOnly } from './table/modal-rows.js';
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
  type Coverage,
  type Extensions,
  type NamespaceRows,
  type ReadContext,
  type WriteContext,
} from './table/row.js';
export {
  hex,
  type Integer64,
  int,
  int64,
  mac,
  matching,
  nonEmpty,
  oneOf,
  onOff,
  type Scalar,
  text,
  type UintOptions,
  uint,
  uint53,
  uint64,
  uuid,
  yesNo,
} from './table/scalar.js';
export { type SizeProblem, sizeInBytes, unitBytes } from './table/scaled.js';
export { content, flag, optContent, optText, textChild } from './table/text-rows.js';
export { type Lifted, lifted, type UnionOptions, union, type Variants } from './table/union.js';
export { type Within, within } from './table/within.js';
export { escapeText } from './writer/escape.js';
export { deeper, writtenAttribute, writtenElement, writtenText } from './writer/layout.js';
export { type Position, SchemaViolation, syntaxError, valueError, XmlError } from './xml-error.js';
