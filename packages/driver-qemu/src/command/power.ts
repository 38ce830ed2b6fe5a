import { findMachine } from '../capabilities/qemu-capabilities.js';
import { isQ35, isX86 } from './architecture.js';
import { has, type CommandContext, type Section } from './context.js';
import { flag, option, type QemuOption } from './option.js';

/** What happens at the guest's power off, and which sleep states it has. */
export const powerSection: Section = (context) => [
  ...(!has(context, 'set-action') && context.domain.onReboot === 'destroy' ? [flag('no-reboot')] : []),
  flag('no-shutdown'),
  ...noAcpi(context),
  ...sleepStates(context),
];

/** Machines that don't tell about ACPI take the option instead of the property. */
function noAcpi({ domain, capabilities }: CommandContext): readonly QemuOption[] {
  const machine = findMachine(capabilities, domain.type, domain.os.type.machine ?? '');
  const isOptional = isX86(domain.os.type.arch ?? '') && machine?.acpi === undefined;
  return isOptional && domain.features?.acpi !== true ? [flag('no-acpi')] : [];
}

function sleepStates({ domain }: CommandContext): readonly QemuOption[] {
  const { suspendToMem, suspendToDisk } = domain.pm ?? {};
  const chip = isQ35(domain) ? 'ICH9-LPC' : 'PIIX4_PM';
  return [...disabledState(`${chip}.disable_s3`, suspendToMem), ...disabledState(`${chip}.disable_s4`, suspendToDisk)];
}

const disabledState = (property: string, enabled: boolean | undefined): readonly QemuOption[] =>
  enabled === undefined ? [] : [option('global', `${property}=${enabled ? 0 : 1}`)];
