import { definePlugin } from '@virtkit/core';
import { TestDriver } from './driver.js';

export default definePlugin({ kind: 'hypervisor', name: 'test', apiVersion: 1, setup: () => new TestDriver() });
