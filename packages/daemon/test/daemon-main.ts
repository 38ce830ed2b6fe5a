import { keepHeapSmall } from '../src/index.js';
import { startDaemon } from './start-daemon.js';

keepHeapSmall();

/** The daemon with the fake driver as a process of its own; says where it listens. */
const daemon = await startDaemon();
const sockets = { socket: daemon.socket, readOnlySocket: daemon.readOnlySocket, folder: daemon.folder };
process.stdout.write(`${JSON.stringify(sockets)}\n`);
process.once('SIGTERM', () => {
  void daemon[Symbol.asyncDispose]().then(() => process.exit(0));
});
