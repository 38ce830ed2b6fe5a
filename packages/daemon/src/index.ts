export { Daemon, type DaemonOptions, type DaemonSocket, type SocketRole } from './daemon.js';
export { keepHeapSmall } from './heap.js';
