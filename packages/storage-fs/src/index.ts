export { directoryBackend } from './backend.js';
export { mountArguments } from './mount/mount-command.js';
export { mountedBackend } from './mount/mounted-backend.js';
