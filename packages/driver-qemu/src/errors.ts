import { errorsFrom, systemErrorsFrom, type VirtError } from '@virtkit/schema';

/** Errors of this driver, in libvirt's words. */
export const virtError = errorsFrom('QEMU');

/** Failed calls of the operating system, in the C library's words. */
export const systemError = systemErrorsFrom('QEMU');

/** Those libvirt's own domain objects raise, whichever driver holds them. */
export const domainError = errorsFrom('DOMAIN');

/** A guest that is off was asked for something only a running one has. */
export const notRunning = (): VirtError => domainError('OPERATION_INVALID', 'domain is not running');

/** The same where libvirt's QEMU driver finds it out by itself: for shutdown, and most of what only the agent does. */
export const notRunningHere = (): VirtError => virtError('OPERATION_INVALID', 'domain is not running');
