import koffi, { type TypeObject } from 'koffi';

const { O_CLOEXEC, MSG_CMSG_CLOEXEC } = { O_CLOEXEC: 0o2000000, MSG_CMSG_CLOEXEC: 0x40000000 };
export const flags = { O_CLOEXEC, MSG_CMSG_CLOEXEC };

/** Kept in one place: the C functions used here. Each returns what C returns; `errno` tells why it was −1. */
export interface Libc {
  getsockopt(fd: number, level: number, name: number, value: Buffer, length: [number]): number;
  ioctl(fd: number, request: number, argument: Buffer): number;
  close(fd: number): number;
  socketpair(domain: number, type: number, protocol: number, pair: Buffer): number;
  sendmsg(fd: number, message: MessageHeader, flags: number): number;
  recvmsg(fd: number, message: MessageHeader, flags: number): number;
  errno(): number;
  strerror(errno: number): string;
}
export interface MessageHeader {
  msg_name: null;
  msg_namelen: number;
  msg_iov: readonly { readonly iov_base: Buffer; readonly iov_len: number }[];
  msg_iovlen: number;
  msg_control: Buffer | null;
  msg_controllen: number;
  msg_flags: number;
}

/** Binds the functions; throws on a system whose C library is another one. */
export function loadLibc(): Libc {
  const libc = koffi.load('libc.so.6');
  const bind = (signature: string) => libc.func(signature);
  const message = messageHeader();
  const ioctl = bind('int ioctl(int fd, unsigned long request, ...)');
  const strerror = bind('const char *strerror(int number)');
  return {
    getsockopt: bind('int getsockopt(int, int, int, _Out_ uint8_t *, _Inout_ uint32_t *)'),
    ioctl: (fd, request, argument) => ioctl(fd, request, '_Inout_ uint8_t *', argument),
    close: bind('int close(int)'),
    socketpair: bind('int socketpair(int, int, int, _Out_ uint8_t *)'),
    sendmsg: libc.func('sendmsg', 'long', ['int', koffi.pointer(message), 'int']),
    recvmsg: libc.func('recvmsg', 'long', ['int', koffi.inout(koffi.pointer(message)), 'int']),
    errno: () => koffi.errno(),
    strerror: (number) => strerror(number),
  };
}

function messageHeader(): TypeObject {
  const vector = koffi.struct({ iov_base: 'void *', iov_len: 'size_t' });
  return koffi.struct({
    msg_name: 'void *',
    msg_namelen: 'uint32_t',
    msg_iov: koffi.pointer(vector),
    msg_iovlen: 'size_t',
    msg_control: 'void *',
    msg_controllen: 'size_t',
    msg_flags: 'int',
  });
}
