import { readFile } from 'node:fs/promises';
import { type Connection, LibvirtError } from '@virtkit/client';
import { startFlags } from '@virtkit/protocol';
import { errorNumbers } from '@virtkit/schema';
import type { Command, Values } from '../command.js';
import { namesFrom } from '../completion/object-names.js';
import type { Context } from '../context.js';
import { childOf, childrenOf, readDocument, textOf, type XmlNode } from '../document.js';
import { UsageError } from '../usage-error.js';
import { absentHint } from './absent.js';
import { closedFolder, deniedPath } from './closed-folder.js';
import { connectionHint } from './connection.js';
import { foreignType, otherThing, schemaFault } from './document.js';

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
const unsupported = errorNumbers.CONFIG_UNSUPPORTED.number;
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

interface Attempt {
  readonly context: Context;
  readonly command: Command;
  readonly values: Values;
  readonly cause: unknown;
}
interface Failure extends Attempt {
  readonly error: LibvirtError;
}

/** What a person may do about a failure, beyond the daemon's own words. Asks, and changes nothing. */
export async function hintsFor(tried: Attempt): Promise<readonly string[]> {
  const error = answered(tried.cause);
  if (error === undefined) return localHints(tried);
  const failure = { ...tried, error };
  const hints = [absence(failure), folderHint(failure), foreignHint(failure), schemaHint(failure)];
  const found = await Promise.all(hints.map(quietly));
  return found.flatMap((hint) => hint ?? []);
}

/** About what went wrong before the daemon was asked. */
function localHints({ cause, context }: Attempt): readonly string[] {
  if (cause instanceof UsageError) return cause.hint === undefined ? [] : [cause.hint];
  if (!(cause instanceof Error)) return [];
  const hint = connectionHint(cause.message, context.options.root);
  return hint === undefined ? [] : [hint];
}

const absence = async ({ command, values, error, context }: Failure): Promise<string | undefined> =>
  absentHint(command, values, error.code, namesFrom(context));

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
    after: (code) => documentFaults.has(code) && code !== unsupported, // or it might start the second time
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

async function foreignHint({ context, command, values, error }: Failure): Promise<string | undefined> {
  const file = values.optional('file');
  const forDomain = Object.hasOwn(checks, command.name);
  if (!forDomain || file === undefined || file === '-' || !documentFaults.has(error.code)) return undefined;
  const xml = await readFile(file, 'utf8');
  return otherThing(xml) ?? foreignType(xml, await capabilities(context));
}

/** A document that was refused is checked by the schema too, which knows what is misspelt and where. */
async function schemaHint({ context, command, values, error }: Failure): Promise<string | undefined> {
  const file = values.optional('file');
  const check = checks[command.name];
  if (check === undefined || file === undefined || file === '-' || !check.after(error.code)) return undefined;
  const again = check.run(await context.connection(), await readFile(file, 'utf8'));
  const fault = await again.then(() => undefined, answered);
  return fault?.code === invalidSchema ? schemaFault(fault.message, fault.numbers[0]) : undefined;
}
