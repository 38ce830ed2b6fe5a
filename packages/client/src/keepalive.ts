import { ConnectionError } from './errors.js';
import type { RpcConnection } from './rpc/connection.js';

export interface KeepaliveOptions {
  /** Seconds of silence before a ping; 0: never. Default 5. */
  readonly interval?: number;
  /** Unanswered pings before the connection is given up. Default 6. */
  readonly count?: number;
}

/** Pings a silent daemon and gives it up when it stays silent. @libvirt virConnectSetKeepAlive */
export function startKeepalive(rpc: RpcConnection, options: KeepaliveOptions): Disposable {
  const interval = (options.interval ?? 5) * 1000;
  const count = options.count ?? 6;
  if (interval <= 0) return { [Symbol.dispose]: () => undefined };
  let unanswered = 0;
  const timer = setInterval(() => {
    if (Date.now() - rpc.lastHeard < interval) {
      unanswered = 0;
      return;
    }
    if (unanswered >= count) return rpc.end(new ConnectionError('connection closed due to keepalive timeout'));
    unanswered += 1;
    rpc.ping();
  }, interval);
  timer.unref();
  return { [Symbol.dispose]: () => clearInterval(timer) };
}
