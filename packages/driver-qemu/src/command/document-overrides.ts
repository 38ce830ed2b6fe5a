import type { Domain } from '@virtkit/schema';
import type { QemuNamespaceValues } from '../namespace/qemu-rows.js';

/** The document's values in QEMU's namespace; empty where there are none. */
export const qemuNamespace = ({ namespaces }: Domain): QemuNamespaceValues => namespaces?.['qemu'] ?? {};
