export { Daemon, type DaemonOptions, type DaemonSocket, type SocketRole } from './daemon.js';
