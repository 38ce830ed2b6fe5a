import { readFile } from 'node:fs/promises';
import { type Connection, LibvirtError } from '@virtkit/client';
import { startFlags } from '@virtkit/protocol';
import { errorNumbers } from '@virtkit/schema';
import type { Values } from '../command.js';
import type { Context } from '../context.js';
import { childOf, childrenOf, readDocument, textOf, type XmlNode } from '../document.js';
import { closedFolder, deniedPath } from './closed-folder.js';
import { foreignType, schemaFault } from './document.js';

/** Numbers that say that a document is at fault, whatever the state of the host. */
const documentFaults: ReadonlySet<number> = new Set(
  (
    [
      'OS_TYPE',
      'NO_KERNEL',
      'NO_ROOT',
      'NO_SOURCE',
      'NO_TARGET',
      'NO_NAME',
      'NO_OS',
      'NO_DEVICE',
      'XML_ERROR',
      'XML_DETAIL',
      'CONFIG_UNSUPPORTED',
    ] as const
  ).map((name) => errorNumbers[name].number),
);
const xmlFault = errorNumbers.XML_ERROR.number;
const invalidSchema = errorNumbers.XML_INVALID_SCHEMA.number;

/** A failure with what a person may do about it. */
export class HintedError extends Error {
  constructor(
    cause: unknown,
    readonly hints: readonly string[],
  ) {
    super('', { cause });
  }
}

interface Failure {
  readonly context: Context;
  readonly verb: string;
  readonly values: Values;
  readonly error: LibvirtError;
}

/** What a person may do about a failure, beyond the daemon's own words. Asks, and changes nothing. */
export async function hintsFor(
  context: Context,
  verb: string,
  values: Values,
  cause: unknown,
): Promise<readonly string[]> {
  const error = answered(cause);
  if (error === undefined) return [];
  const failure = { context, verb, values, error };
  const found = await Promise.all([folderHint(failure), foreignHint(failure), schemaHint(failure)].map(quietly));
  return found.flatMap((hint) => hint ?? []);
}

interface Check {
  /** Whether the document itself was refused, so that it will be again. */
  after(code: number): boolean;
  run(connection: Connection, xml: string): Promise<unknown>;
}
/** Verbs whose call takes the schema's word too. */
const checks: Readonly<Record<string, Check>> = {
  define: {
    after: (code) => documentFaults.has(code),
    run: ({ domains }, xml) => domains.define(xml, { validate: true }),
  },
  create: {
    after: (code) => code === xmlFault,
    run: ({ remote }, xmlDesc) => remote.domainCreateXML({ xmlDesc, flags: startFlags.validate }),
  },
};

/** A hint that cannot be found is none. */
const quietly = (hint: Promise<string | undefined>): Promise<string | undefined> => hint.catch(() => undefined);

function answered(cause: unknown): LibvirtError | undefined {
  for (let at = cause; at instanceof Error; at = at.cause) if (at instanceof LibvirtError) return at;
  return undefined;
}

async function folderHint({ context, error }: Failure): Promise<string | undefined> {
  const path = deniedPath(error.message);
  if (path === undefined) return undefined;
  const [, uid, gid] = /as uid:(\d+), gid:(\d+)/.exec(error.message) ?? (await guestUser(context)) ?? [];
  return uid === undefined ? undefined : closedFolder(path, { uid: Number(uid), gid: Number(gid) });
}

/** Who guests run as, by the capabilities. */
async function guestUser(context: Context): Promise<RegExpExecArray | undefined> {
  const host = childOf(readDocument(await capabilities(context)).root, 'host');
  const models = host === undefined ? [] : childrenOf(host, 'secmodel');
  const textIn = (model: XmlNode, name: string): string => {
    const found = childOf(model, name);
    return found === undefined ? '' : textOf(found);
  };
  const dac = models.find((model) => textIn(model, 'model') === 'dac');
  return (dac && /^\+(\d+):\+(\d+)$/.exec(textIn(dac, 'baselabel'))) ?? undefined;
}

const capabilities = async (context: Context): Promise<string> => (await context.connection()).capabilities();

async function foreignHint({ context, values, error }: Failure): Promise<string | undefined> {
  const file = values.optional('file');
  if (file === undefined || file === '-' || !documentFaults.has(error.code)) return undefined;
  return foreignType(await readFile(file, 'utf8'), await capabilities(context));
}

/** A document that was refused is checked by the schema too, which knows what is misspelt and where. */
async function schemaHint({ context, verb, values, error }: Failure): Promise<string | undefined> {
  const file = values.optional('file');
  const check = checks[verb];
  if (check === undefined || file === undefined || file === '-' || !check.after(error.code)) return undefined;
  const again = check.run(await context.connection(), await readFile(file, 'utf8'));
  const fault = await again.then(() => undefined, answered);
  return fault?.code === invalidSchema ? schemaFault(fault.message, fault.numbers[0]) : undefined;
}
