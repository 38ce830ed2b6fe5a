import { definePlugin } from '@virtkit/core';
import { mountedBackend } from './mount/mounted-backend.js';

export default definePlugin({
  kind: 'storageBackend',
  name: 'fs',
  apiVersion: 1,
  setup: (context) => mountedBackend(context),
});
