import type { Domain } from '@virtkit/schema';

/** A property of a device that the document sets or takes away. */
export interface PropertyOverride {
  readonly name: string;
  readonly type: 'string' | 'signed' | 'unsigned' | 'bool' | 'remove';
  readonly value?: string | undefined;
}

/** What a document says in QEMU's own namespace. */
export interface QemuNamespace {
  readonly commandline?: {
    readonly args: readonly string[];
    readonly envs: readonly { readonly name: string; readonly value?: string | undefined }[];
  };
  readonly override?: {
    readonly devices: readonly { readonly alias: string; readonly properties: readonly PropertyOverride[] }[];
  };
  readonly deprecation?: { readonly behavior?: string | undefined };
}

/** The document's values in QEMU's namespace; empty where there are none. */
export const qemuNamespace = ({ namespaces }: Domain): QemuNamespace => (namespaces?.['qemu'] ?? {}) as QemuNamespace; // read by this driver's rows
