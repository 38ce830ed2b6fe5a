export { Daemon, type DaemonOptions, type DaemonSocket, type SocketRole } from './daemon.js';
export { quickenFirstCalls } from './first-calls.js';
export { keepHeapSmall } from './heap.js';
