export { directoryBackend } from './backend.js';
