import { errorsFrom } from '../../errors/virt-error.js';
import type { TpmBackend } from '../devices/tpm.js';
import type { Domain } from '../domain.js';
import { firstRepeated } from '../../values/repeated.js';

const virtError = errorsFrom('DOMAIN');

/** Panic devices are of different models. */
export function validatePanics({ devices }: Domain): void {
  const models = devices.panics.map(({ model }) => model ?? 'default');
  const repeated = firstRepeated(models);
  if (repeated !== undefined) throw virtError('XML_ERROR', `Multiple panic devices with model '${repeated}'`);
}

export function validateTpms({ devices }: Domain): void {
  for (const { backend } of devices.tpms) if (backend.type === 'emulator') checkVersion(backend);
}

/** Sound is played by a backend there is. */
export function validateSounds({ devices }: Domain): void {
  const audios = new Set(devices.audios.map(({ id }) => id));
  for (const { audio } of devices.sounds) {
    if (audio !== undefined && !audios.has(audio.id))
      throw virtError('XML_ERROR', `no audio device with ID ${audio.id}`);
  }
}

/** Interrupts beyond 255 CPUs can only be remapped. */
export function validateIommu({ devices }: Domain): void {
  const driver = devices.iommu?.driver;
  if (driver?.eim === true && driver.intremap !== true)
    throw virtError('CONFIG_UNSUPPORTED', 'IOMMU eim requires interrupt remapping to be enabled');
}

/** Xen's input bus is Xen's; PS/2 can be switched off. */
export function validateInputs({ devices, os, features }: Domain): void {
  for (const { type, bus } of devices.inputs) {
    if (os.type.name === 'hvm' && bus === 'xen') throw virtError('INTERNAL_ERROR', 'unsupported input bus xen');
    if (type === 'passthrough' && bus !== undefined && bus !== 'virtio') {
      throw virtError('CONFIG_UNSUPPORTED', "only bus 'virtio' is supported for 'passthrough' input devices");
    }
    if (bus === 'ps2' && features?.ps2?.state === false)
      throw virtError('CONFIG_UNSUPPORTED', 'ps2 bus inputs require the ps2 feature not to be disabled');
  }
}

/** Some things are known of TPMs since version 2.0. */
function checkVersion({ version, activePcrBanks, profile }: Extract<TpmBackend, { type: 'emulator' }>): void {
  if (version === '2.0') return;
  if (activePcrBanks !== undefined) throw virtError('XML_ERROR', "<active_pcr_banks/> requires TPM version '2.0'");
  if (profile?.source !== undefined) throw virtError('XML_ERROR', "<profile/> requires TPM version '2.0'");
}
