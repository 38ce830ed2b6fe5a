import { definePlugin } from '@virtkit/core';
import { storageSubsystem } from './subsystem/storage-subsystem.js';

export default definePlugin({ kind: 'subsystem', name: 'storage', apiVersion: 1, setup: storageSubsystem });
