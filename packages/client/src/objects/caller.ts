import type { ArgsIn, CallName, Client, Program, remote, RetOut } from '@virtkit/protocol';
import type { RpcConnection } from '../rpc/connection.js';
import type { ByteStream } from '../rpc/stream.js';

/** What the objects of a connection need of it. */
export interface Caller {
  readonly remote: Client<typeof remote>;
  readonly rpc: RpcConnection;
  readonly closed: Promise<Error | undefined>;
  openStream<P extends Program, K extends CallName<P>>(
    program: P,
    name: K,
    args: ArgsIn<P, K>,
  ): Promise<{ readonly reply: RetOut<P, K>; readonly stream: ByteStream }>;
}
