import { closeSync, constants, openSync } from 'node:fs';
import { failure } from './failure.js';
import { flags, type Libc } from './libc.js';

export interface TapRequest {
  /** A name, or a pattern with `%d` for the next free one. */
  readonly name: string;
  readonly vnetHeader?: boolean;
  /** Queues: that many descriptors; default 1. */
  readonly queues?: number;
  /** Stays when the last descriptor is closed. */
  readonly persistent?: boolean;
}
export interface OpenTap {
  readonly name: string;
  /** One per queue; the caller closes them. */
  readonly fds: readonly number[];
}

const TUNSETIFF = 0x400454ca;
const TUNSETPERSIST = 0x400454cb;
const IFF_TAP = 0x0002;
const IFF_NO_PI = 0x1000;
const IFF_VNET_HDR = 0x4000;
const IFF_MULTI_QUEUE = 0x0100;
const nameLength = 16;

/** Opens a tap device, creating it when there is none of that name (needs CAP_NET_ADMIN unless it is the caller's own). */
export function openTap(libc: Libc, request: TapRequest): OpenTap {
  const queues = request.queues ?? 1;
  const fds: number[] = [];
  let { name } = request;
  try {
    for (let queue = 0; queue < queues; queue += 1) {
      fds.push(openSync('/dev/net/tun', constants.O_RDWR | constants.O_NONBLOCK | flags.O_CLOEXEC));
      name = attach(libc, fds[queue] ?? -1, name, request);
    }
    return { name, fds };
  } catch (error) {
    for (const fd of fds) closeSync(fd);
    throw error;
  }
}

function attach(libc: Libc, fd: number, name: string, request: TapRequest): string {
  const interfaceRequest = Buffer.alloc(40);
  if (Buffer.byteLength(name) >= nameLength) throw new RangeError(`device name '${name}' is too long`);
  interfaceRequest.write(name, 0, 'latin1');
  const multiQueue = (request.queues ?? 1) > 1 ? IFF_MULTI_QUEUE : 0;
  const header = request.vnetHeader ? IFF_VNET_HDR : 0;
  interfaceRequest.writeUInt16LE(IFF_TAP | IFF_NO_PI | multiQueue | header, nameLength);
  if (libc.ioctl(fd, TUNSETIFF, interfaceRequest) !== 0) throw failure(libc, `TUNSETIFF ${name}`);
  const persist = Buffer.alloc(8);
  if (request.persistent && libc.ioctl(fd, TUNSETPERSIST, persist.fill(1, 0, 1)) !== 0)
    throw failure(libc, 'TUNSETPERSIST');
  return interfaceRequest.toString('latin1', 0, interfaceRequest.indexOf(0));
}
