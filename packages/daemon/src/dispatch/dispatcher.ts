import {
  type AnyCallRow,
  apiOf,
  type Codec,
  type Handlers,
  type MessageHeader,
  messageStatus,
  type Program,
  type XdrType,
} from '@virtkit/protocol';
import { errorsFrom } from '@virtkit/schema';

const rpcError = errorsFrom('RPC');

/** A procedure a client may call, ready to be run. */
export interface Procedure<Context> {
  readonly name: string;
  /** The public function behind it. */
  readonly api: string;
  readonly row: AnyCallRow;
  readonly args: () => Codec<unknown>;
  readonly ret: XdrType<unknown, unknown>;
  /** Absent: not supported. */
  readonly handle: ((args: unknown, context: Context) => unknown) | undefined;
}

/** One program with the handlers of its procedures. */
export interface Served<Context> {
  readonly program: Program;
  readonly procedures: readonly (Procedure<Context> | undefined)[];
}

/** A dispatch table for one program; the handlers are checked against the rows where it is written. */
export function serve<P extends Program, Context>(program: P, handlers: Handlers<P, Context>): Served<Context> {
  const procedures: (Procedure<Context> | undefined)[] = [];
  for (const [name, row] of Object.entries(program.rows)) {
    if (row.kind !== 'call') continue;
    procedures[row.number] = {
      name,
      api: apiOf(name, row),
      row,
      args: () => row.args.codec() as Codec<unknown>,
      ret: row.ret as XdrType<unknown, unknown>,
      handle: (handlers as Readonly<Record<string, Procedure<Context>['handle']>>)[name],
    };
  }
  return { program, procedures };
}

/** The programs of one socket. */
export class Dispatcher<Context> {
  constructor(private readonly served: readonly Served<Context>[]) {}

  /** @throws VirtError for a program, version, procedure or status that cannot be called */
  find(header: MessageHeader): Procedure<Context> {
    const { program, version, procedure, status } = header;
    const served = this.#served(program, version);
    if (served === undefined) throw rpcError('RPC', `Cannot find program ${program} version ${version}`);
    if (status !== messageStatus.ok) throw rpcError('RPC', `Unexpected message status ${status >>> 0}`);
    const found = served.procedures[procedure];
    if (found === undefined) throw rpcError('RPC', `unknown procedure: ${procedure}`);
    return found;
  }

  /** Whether this socket speaks the program at all. */
  knows(program: number, version: number): boolean {
    return this.#served(program, version) !== undefined;
  }

  #served(id: number, version: number): Served<Context> | undefined {
    for (const one of this.served) if (one.program.id === id && one.program.version === version) return one;
    return undefined;
  }
}
