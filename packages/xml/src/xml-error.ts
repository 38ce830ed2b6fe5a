/** Where in the text an error lies; both count from 1, columns in characters. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** libvirt's numbers this package needs: `VIR_ERR_XML_ERROR`, `VIR_ERR_XML_DETAIL`, `VIR_FROM_XML`. */
const XML_ERROR = 27;
const XML_DETAIL = 35;
const FROM_XML = 5;
const LEVEL_ERROR = 2;

interface XmlErrorOptions {
  readonly code: number;
  readonly origin: number;
  readonly format: string;
  readonly message: string;
  readonly detail: string;
  readonly position?: Position | undefined;
}

/**
 * An error of a document: not well-formed, or a value that a table doesn't accept.
 * It has the shape of `VirtError` (see `@virtkit/schema`), so it travels to a client without translation.
 */
export class XmlError extends Error {
  override readonly name = 'VirtError';
  readonly $$type = 'virtkit/VirtError';
  readonly code: number;
  readonly origin: number;
  readonly level = LEVEL_ERROR;
  /** The format libvirt sends as the first string. */
  readonly format: string;
  /** The second string. */
  readonly detail: string;
  readonly position: Position | undefined;

  constructor(options: XmlErrorOptions) {
    super(options.message);
    this.code = options.code;
    this.origin = options.origin;
    this.format = options.format;
    this.detail = options.detail;
    this.position = options.position;
  }
}

/** A value a table doesn't accept: `XML error: DETAIL`. */
export const valueError = (detail: string, position?: Position): XmlError =>
  new XmlError({
    code: XML_ERROR,
    origin: FROM_XML,
    format: 'XML error: %1$s',
    message: `XML error: ${detail}`,
    detail,
    position,
  });

/** Text that isn't well-formed; `origin` is the kind of object whose document it is (domain 20, network 19 …). */
export const syntaxError = (message: string, position: Position, origin = FROM_XML): XmlError =>
  new XmlError({ code: XML_DETAIL, origin, format: '%s', message, detail: message, position });

/** What a strict reading refuses; names the element. */
export class SchemaViolation extends Error {
  constructor(
    message: string,
    readonly position: Position,
  ) {
    super(message);
  }
}
