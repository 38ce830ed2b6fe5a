import { apiVersion, definePlugin } from '@virtkit/core';
import { TestDriver } from './driver.js';

export default definePlugin({ kind: 'hypervisor', name: 'test', apiVersion, setup: () => new TestDriver() });
