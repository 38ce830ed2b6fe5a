import { escapeText } from '@virtkit/xml';

/** Entries of one section, in document order; absent ones are left out. */
export type SysinfoSection = readonly (readonly [name: string, value: string])[];

/** What the firmware says of this machine. */
export interface HostSysinfo {
  readonly bios?: SysinfoSection | undefined;
  readonly system?: SysinfoSection | undefined;
  readonly baseBoards: readonly SysinfoSection[];
  readonly chassis?: SysinfoSection | undefined;
  readonly processors: readonly SysinfoSection[];
  readonly memoryDevices: readonly SysinfoSection[];
  readonly oemStrings: readonly string[];
}

/** The `<sysinfo>` document. @libvirt virConnectGetSysinfo */
export function formatSysinfo(sysinfo: HostSysinfo): string {
  const sections = [
    ...section('bios', sysinfo.bios),
    ...section('system', sysinfo.system),
    ...sysinfo.baseBoards.flatMap((board) => section('baseBoard', board)),
    ...section('chassis', sysinfo.chassis),
    ...sysinfo.processors.flatMap((processor) => section('processor', processor)),
    ...sysinfo.memoryDevices.flatMap((device) => section('memory_device', device)),
    ...oemStrings(sysinfo.oemStrings),
  ];
  return ["<sysinfo type='smbios'>", ...sections, '</sysinfo>', ''].join('\n');
}

function section(tag: string, entries: SysinfoSection | undefined): readonly string[] {
  if (entries === undefined || entries.length === 0) return [];
  const lines = entries.map(([name, value]) => `    <entry name='${name}'>${escapeText(value)}</entry>`);
  return [`  <${tag}>`, ...lines, `  </${tag}>`];
}

function oemStrings(strings: readonly string[]): readonly string[] {
  if (strings.length === 0) return [];
  return ['  <oemStrings>', ...strings.map((text) => `    <entry>${escapeText(text)}</entry>`), '  </oemStrings>'];
}
