import koffi, { type KoffiFunc, type TypeObject } from 'koffi';

const { O_CLOEXEC, MSG_CMSG_CLOEXEC } = { O_CLOEXEC: 0o2000000, MSG_CMSG_CLOEXEC: 0x40000000 };
export const flags = { O_CLOEXEC, MSG_CMSG_CLOEXEC };

type NativeFunction = KoffiFunc<(...args: unknown[]) => number>;

/** Kept in one place: the C functions used here. Each returns what C returns; `errno` tells why it was −1. */
export interface Libc {
  getsockopt(fd: number, level: number, name: number, value: Buffer, length: [number]): number;
  ioctl(fd: number, request: number, argument: Buffer): number;
  close(fd: number): number;
  sendmsg(fd: number, message: MessageHeader, flags: number): number;
  recvmsg(fd: number, message: MessageHeader, flags: number): number;
  pidfdOpen(pid: number): number;
  /** On a thread of its own; resolves when the descriptor is readable or after `timeoutMs`. */
  pollReadable(fd: number, timeoutMs: number): Promise<number>;
  waitpid(pid: number, status: [number], options: number): number;
  readonly spawn: SpawnCalls;
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
export interface SpawnCalls {
  posix_spawn(
    pid: [number],
    path: string,
    actions: Buffer,
    attributes: Buffer,
    argv: readonly (string | null)[],
    env: readonly (string | null)[],
  ): number;
  actionsInit(actions: Buffer): number;
  actionsDestroy(actions: Buffer): number;
  addDup2(actions: Buffer, from: number, to: number): number;
  addChdir(actions: Buffer, path: string): number;
  attributesInit(attributes: Buffer): number;
  attributesDestroy(attributes: Buffer): number;
  setFlags(attributes: Buffer, flags: number): number;
  setSignalMask(attributes: Buffer, mask: Buffer): number;
  setSignalDefault(attributes: Buffer, mask: Buffer): number;
}

const pidfdOpenNumber = 434;

/** Binds the functions; throws on a system whose C library is another one. */
export function loadLibc(): Libc {
  const libc = koffi.load('libc.so.6');
  const bind = (signature: string) => libc.func(signature);
  const message = messageHeader();
  const ioctl = bind('int ioctl(int fd, unsigned long request, ...)');
  const syscall = bind('long syscall(long number, ...)');
  const poll = bind('int poll(_Inout_ uint8_t *fds, unsigned long count, int timeout)');
  const strerror = bind('const char *strerror(int number)');
  return {
    getsockopt: bind('int getsockopt(int, int, int, _Out_ uint8_t *, _Inout_ uint32_t *)'),
    ioctl: (fd, request, argument) => ioctl(fd, request, '_Inout_ uint8_t *', argument),
    close: bind('int close(int)'),
    sendmsg: libc.func('sendmsg', 'long', ['int', koffi.pointer(message), 'int']),
    recvmsg: libc.func('recvmsg', 'long', ['int', koffi.inout(koffi.pointer(message)), 'int']),
    pidfdOpen: (pid) => syscall(pidfdOpenNumber, 'int', pid, 'int', 0),
    pollReadable: (fd, timeoutMs) => pollReadable(poll, fd, timeoutMs),
    waitpid: bind('int waitpid(int, _Out_ int *, int)'),
    spawn: spawnCalls(bind),
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

function pollReadable(poll: NativeFunction, fd: number, timeoutMs: number): Promise<number> {
  const pollIn = 1;
  const entry = Buffer.alloc(8);
  entry.writeInt32LE(fd, 0);
  entry.writeInt16LE(pollIn, 4);
  return new Promise((resolve, reject) =>
    poll.async(entry, 1, timeoutMs, (error: unknown, ready: number) => (error ? reject(error) : resolve(ready))),
  );
}

function spawnCalls(bind: (signature: string) => NativeFunction): SpawnCalls {
  const actions = (name: string, rest = '') => bind(`int posix_spawn_file_actions_${name}(_Inout_ uint8_t *${rest})`);
  const attributes = (name: string, rest = '') => bind(`int posix_spawnattr_${name}(_Inout_ uint8_t *${rest})`);
  return {
    posix_spawn: bind('int posix_spawn(_Out_ int *, const char *, uint8_t *, uint8_t *, const char **, const char **)'),
    actionsInit: actions('init'),
    actionsDestroy: actions('destroy'),
    addDup2: actions('adddup2', ', int, int'),
    addChdir: actions('addchdir_np', ', const char *'),
    attributesInit: attributes('init'),
    attributesDestroy: attributes('destroy'),
    setFlags: attributes('setflags', ', short'),
    setSignalMask: attributes('setsigmask', ', uint8_t *'),
    setSignalDefault: attributes('setsigdefault', ', uint8_t *'),
  };
}
