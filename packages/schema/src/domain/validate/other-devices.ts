import { errorsFrom } from '../../errors/virt-error.js';
import type { TpmBackend } from '../devices/tpm.js';
import type { Domain } from '../domain.js';

const virtError = errorsFrom('DOMAIN');

/** Panic devices are of different models; sound is played by a backend there is; Xen's input bus is Xen's. */
export function validateOtherDevices({ devices, os }: Domain): void {
  const models = devices.panics.map(({ model }) => model ?? 'default');
  const repeated = models.find((model, i) => models.indexOf(model) !== i);
  if (repeated !== undefined) throw virtError('XML_ERROR', `Multiple panic devices with model '${repeated}'`);
  for (const { backend } of devices.tpms) if (backend.type === 'emulator') checkVersion(backend);
  const audios = new Set(devices.audios.map(({ id }) => id));
  for (const { audio } of devices.sounds) {
    if (audio !== undefined && !audios.has(audio.id))
      throw virtError('XML_ERROR', `no audio device with ID ${audio.id}`);
  }
  for (const { type, bus } of devices.inputs) {
    if (os.type.name === 'hvm' && bus === 'xen') throw virtError('INTERNAL_ERROR', 'unsupported input bus xen');
    if (type === 'passthrough' && bus !== undefined && bus !== 'virtio') {
      throw virtError('CONFIG_UNSUPPORTED', "only bus 'virtio' is supported for 'passthrough' input devices");
    }
  }
}

/** Some things are known of TPMs since version 2.0. */
function checkVersion({ version, activePcrBanks, profile }: Extract<TpmBackend, { type: 'emulator' }>): void {
  if (version === '2.0') return;
  if (activePcrBanks !== undefined) throw virtError('XML_ERROR', "<active_pcr_banks/> requires TPM version '2.0'");
  if (profile?.source !== undefined) throw virtError('XML_ERROR', "<profile/> requires TPM version '2.0'");
}
