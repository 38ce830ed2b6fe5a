import type { ErrorOrigin } from '@virtkit/schema';

/** Which driver answers, and how its errors are marked. */
export interface DriverIdentity {
  /** Scheme: `qemu`. */
  readonly name: string;
  /** Origin of its errors, as libvirt's error domains are called: `QEMU`. */
  readonly origin: ErrorOrigin;
}
