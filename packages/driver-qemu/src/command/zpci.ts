import type { DeviceInfo, Domain, Zpci } from '@virtkit/schema';
import type { JsonValue } from './json.js';
import { device, type QemuOption } from './option.js';

/** On s390 a PCI function is named by a device of its own, which comes before it. */
export function withZpci(options: readonly QemuOption[], domain: Domain): readonly QemuOption[] {
  const names = zpciByAlias(domain);
  if (names.size === 0) return options;
  return options.flatMap((option) => {
    const zpci = option.kind === 'device' ? names.get(option.properties['id']) : undefined;
    return zpci && option.kind === 'device' ? [zpciDevice(zpci, option.properties['id']), option] : [option];
  });
}

const zpciDevice = ({ uid = 0, fid = 0 }: Zpci, target: JsonValue): QemuOption =>
  device({ driver: 'zpci', uid, fid, target, id: `zpci${uid}` });

const isNamed = (zpci: Zpci | undefined): zpci is Zpci => (zpci?.uid ?? zpci?.fid) !== undefined;

function zpciByAlias({ devices }: Domain): ReadonlyMap<JsonValue, Zpci> {
  const all = Object.values(devices).flatMap(
    (value): readonly DeviceInfo[] =>
      Array.isArray(value) ? value : typeof value === 'object' && value !== null ? [value as DeviceInfo] : [], // devices all share these rows
  );
  return new Map(
    all.flatMap(({ alias, address }) =>
      address?.type === 'pci' && isNamed(address.zpci) ? [[alias, address.zpci] as const] : [],
    ),
  );
}
