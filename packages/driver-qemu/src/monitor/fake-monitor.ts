import { createServer, type Server, type Socket } from 'node:net';
import { deferred } from './deferred.js';
import { isRecord } from './qmp-message.js';

export type FakeAnswer = { readonly return: unknown } | { readonly error: { class: string; desc: string } } | 'silence';
export interface FakeMonitor {
  readonly path: string;
  /** Commands received so far. */
  readonly commands: readonly string[];
  /** Writes raw bytes to all clients. */
  write(text: string): void;
  event(name: string, data?: object): void;
  /** Ends the connections, as a QEMU that dies. */
  hangUp(): void;
  close(): Promise<void>;
}

/** For tests: a monitor on a unix socket that answers from a function. */
export async function fakeMonitor(
  path: string,
  answer: (command: string, args: unknown) => FakeAnswer,
): Promise<FakeMonitor> {
  const sockets = new Set<Socket>();
  const commands: string[] = [];
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    socket.write(
      '{"QMP": {"version": {"qemu": {"micro": 2, "minor": 2, "major": 7}, "package": ""}, "capabilities": []}}\r\n',
    );
    socket.on('data', (chunk) =>
      chunk
        .toString()
        .split('\n')
        .forEach((line) => reply(socket, line, commands, answer)),
    );
  });
  await listen(server, path);
  const write = (text: string): void => sockets.forEach((socket) => socket.write(text));
  return {
    path,
    commands,
    write,
    event: (name, data = {}) =>
      write(`${JSON.stringify({ event: name, data, timestamp: { seconds: 1, microseconds: 2 } })}\r\n`),
    hangUp: () => sockets.forEach((socket) => socket.destroy()),
    close: () => stop(server, sockets),
  };
}

function reply(
  socket: Socket,
  line: string,
  commands: string[],
  answer: (command: string, args: unknown) => FakeAnswer,
): void {
  if (line.trim() === '') return;
  const message: unknown = JSON.parse(line);
  if (!isRecord(message) || typeof message['execute'] !== 'string') return;
  commands.push(message['execute']);
  const value =
    message['execute'] === 'qmp_capabilities' ? { return: {} } : answer(message['execute'], message['arguments']);
  if (value !== 'silence') socket.write(`${JSON.stringify({ ...value, id: message['id'] })}\r\n`);
}

function listen(server: Server, path: string): Promise<void> {
  const { promise, resolve, reject } = deferred<void>();
  server.once('error', reject);
  server.listen(path, resolve);
  return promise;
}

function stop(server: Server, sockets: Set<Socket>): Promise<void> {
  const { promise, resolve } = deferred<void>();
  server.close(() => resolve());
  sockets.forEach((socket) => socket.destroy());
  return promise;
}
