import { definePlugin } from '@virtkit/core';
import { directoryBackend } from './backend.js';

export default definePlugin({
  kind: 'storageBackend',
  name: 'dir',
  apiVersion: 1,
  setup: (context) => directoryBackend(context),
});
