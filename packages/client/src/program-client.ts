import type { CallName, Client, Program } from '@virtkit/protocol';
import type { RpcConnection } from './rpc/connection.js';

/** Every procedure of a program as a typed method. */
export function programClient<P extends Program>(rpc: RpcConnection, program: P): Client<P> {
  const methods: Record<string, (args: never) => Promise<unknown>> = {};
  for (const [name, row] of Object.entries(program.rows)) {
    if (row.kind === 'call') methods[name] = (args) => rpc.call(program, name as CallName<P>, args);
  }
  // Built from the same rows the type is computed from.
  return methods as Client<P>;
}
