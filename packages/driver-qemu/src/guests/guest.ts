import type { ObjectStore, StoredObject } from '@virtkit/core';
import type { Domain } from '@virtkit/schema';
import type { QemuRuntime } from '../status/runtime.js';

/** A guest as the kernel keeps it: its definitions, and what is known of its process while it runs. */
export type Guest = StoredObject<Domain, QemuRuntime>;

/** All guests of this driver. */
export type GuestStore = ObjectStore<Domain, QemuRuntime>;
