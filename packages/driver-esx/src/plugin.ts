import { definePlugin } from '@virtkit/core';
import { esxDriver } from './driver.js';

export default definePlugin({ kind: 'hypervisor', name: 'esx', apiVersion: 1, setup: esxDriver });
