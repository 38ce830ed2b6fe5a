import { definePlugin } from '@virtkit/core';
import { createDriver } from './driver.js';

/** QEMU and KVM guests of this host: `qemu:///system`, `qemu:///session`. */
export default definePlugin({
  kind: 'hypervisor',
  name: 'qemu',
  apiVersion: 1,
  setup: (context) => createDriver(context),
});
