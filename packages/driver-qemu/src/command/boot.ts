import type { Domain } from '@virtkit/schema';
import type { Section } from './context.js';
import { option, pairs, type QemuOption } from './option.js';

/** `-boot`, and what is booted directly. Order is a matter of the devices, hence `strict`. */
export const bootSection: Section = ({ domain }) => [bootOption(domain), ...directBoot(domain), ...acpiTables(domain)];

function bootOption({ os }: Domain): QemuOption {
  const { bootmenu, bios } = os;
  return pairs(
    'boot',
    bootmenu?.enable !== undefined && ['menu', bootmenu.enable ? 'on' : 'off'],
    bios?.rebootTimeout !== undefined && ['reboot-timeout', String(bios.rebootTimeout)],
    bootmenu?.enable && bootmenu.timeout !== undefined && ['splash-time', String(bootmenu.timeout)],
    ['strict', 'on'],
  );
}

const directBoot = ({ os }: Domain): readonly QemuOption[] => [
  ...textOption('kernel', os.kernel),
  ...textOption('initrd', os.initrd),
  ...textOption('append', os.cmdline),
  ...textOption('shim', os.shim),
  ...textOption('dtb', os.dtb),
];

const textOption = (name: string, value: string | undefined): readonly QemuOption[] =>
  value ? [option(name, value)] : [];

/** Tables as they are, and tables QEMU builds the header of. */
const acpiTables = ({ os }: Domain): readonly QemuOption[] =>
  (os.acpi?.tables ?? []).map(({ type, path }) =>
    pairs('acpitable', tableSignatures[type] && ['sig', tableSignatures[type]], ['file', path]),
  );

const tableSignatures: Readonly<Record<string, string | undefined>> = { slic: 'SLIC', msdm: 'MSDM' };
