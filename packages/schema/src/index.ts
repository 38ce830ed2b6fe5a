export { type ErrorName, errorNumbers } from './errors/error-numbers.js';
export { type ErrorOrigin, errorOrigins } from './errors/error-origins.js';
export { type DocumentProblem, invalidDocument, type SchemaName } from './errors/invalid-document.js';
export { assertNever, InternalError } from './errors/internal-error.js';
export { errnoOf, failedCall, ignoring, systemErrorsFrom, systemWords } from './errors/system-errors.js';
export {
  type ErrorFactory,
  type ErrorLevel,
  errorsFrom,
  hasErrorName,
  isVirtError,
  VirtError,
  type VirtErrorLike,
  type VirtErrorOptions,
} from './errors/virt-error.js';
export * from './domain/clock.js';
export * from './domain/complete/boot.js';
export * from './domain/complete/chardev.js';
export * from './domain/complete/complete-domain.js';
export * from './domain/complete/controllers.js';
export * from './domain/complete/cputune.js';
export * from './domain/complete/disk.js';
export * from './domain/complete/graphics.js';
export * from './domain/complete/implicit-controllers.js';
export * from './domain/complete/interface.js';
export * from './domain/complete/memory.js';
export * from './domain/complete/numa.js';
export * from './domain/complete/vcpu.js';
export * from './domain/cpu.js';
export * from './domain/device-info.js';
export * from './domain/devices/char-source.js';
export * from './domain/devices/chardev.js';
export * from './domain/devices/controller.js';
export * from './domain/devices/crypto.js';
export * from './domain/devices/devices.js';
export * from './domain/devices/disk-element.js';
export * from './domain/devices/disk.js';
export * from './domain/devices/filesystem.js';
export * from './domain/devices/graphics.js';
export * from './domain/devices/hostdev-element.js';
export * from './domain/devices/hostdev.js';
export * from './domain/devices/input.js';
export * from './domain/devices/interface-element.js';
export * from './domain/devices/interface.js';
export * from './domain/devices/iommu.js';
export * from './domain/devices/ip-settings.js';
export * from './domain/devices/memballoon.js';
export * from './domain/devices/memory-device.js';
export * from './domain/devices/pci-source.js';
export * from './domain/devices/redirfilter.js';
export * from './domain/devices/rng.js';
export * from './domain/devices/shmem.js';
export * from './domain/devices/smartcard.js';
export * from './domain/devices/sound.js';
export * from './domain/devices/storage-protocols.js';
export * from './domain/devices/storage-secret.js';
export * from './domain/devices/storage-source-element.js';
export * from './domain/devices/storage-source.js';
export * from './domain/devices/tpm.js';
export * from './domain/devices/video.js';
export * from './domain/devices/watchdog.js';
export * from './domain/document.js';
export * from './domain/validate/disks.js';
export * from './domain/domain.js';
export * from './domain/features.js';
export * from './domain/idmap.js';
export * from './domain/memory.js';
export * from './domain/os.js';
export * from './domain/power.js';
export * from './domain/security.js';
export * from './domain/sysinfo.js';
export * from './domain/validate/character-devices.js';
export * from './domain/validate/interfaces.js';
export * from './domain/validate/controllers.js';
export * from './domain/validate/videos.js';
export * from './domain/validate/hostdevs.js';
export * from './domain/validate/other-devices.js';
export * from './domain/validate/virtio-options.js';
export * from './domain/validate/aliases.js';
export * from './domain/validate/check-points.js';
export * from './domain/validate/validate-domain.js';
export * from './domain/vcpu.js';
export * from './values/bitmap.js';
export * from './values/failures.js';
export * from './values/size-rows.js';
export * from './network/index.js';
export * from './storage/index.js';
export type {
  EncryptionCipher,
  EncryptionIvgen,
  EncryptionSecret,
  StorageAuth,
} from './domain/devices/storage-secret.js';
