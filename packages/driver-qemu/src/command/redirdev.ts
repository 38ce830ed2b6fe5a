import type { Redirdev } from '@virtkit/schema';
import { addressProperties } from './address.js';
import { chardevOptions } from './chardev.js';
import type { CommandContext, Section } from './context.js';
import type { JsonObject } from './json.js';
import { device } from './option.js';

/** USB devices that clients bring along. */
export const redirdevSection: Section = (context) =>
  context.domain.devices.redirdevs.flatMap((redirdev) => [
    ...chardevOptions({ alias: redirdev.alias ?? '', source: redirdev.source, spiceName: 'usbredir' }, context),
    device(redirdevDevice(redirdev, context)),
  ]);

/** The device (`device_add`). */
const redirdevDevice = (redirdev: Redirdev, context: CommandContext): JsonObject => ({
  driver: 'usb-redir',
  chardev: `char${redirdev.alias}`,
  id: redirdev.alias,
  filter: filterText(context),
  bootindex: context.bootOrder.get(redirdev),
  ...addressProperties(redirdev, context.domain),
});

/** Which devices may come: class, vendor, product and version, `-1` for any. */
function filterText({ domain }: CommandContext): string | undefined {
  const rules = domain.devices.redirfilter;
  return rules?.usbdevs
    .map((rule) =>
      [
        hexOrAny(rule.class, 2),
        hexOrAny(rule.vendor, 4),
        hexOrAny(rule.product, 4),
        versionText(rule.version),
        rule.allow ? 1 : 0,
      ].join(':'),
    )
    .join('|');
}

const hexOrAny = (value: number | '-1' | undefined, width: number): string =>
  value === undefined || value === '-1' ? '-1' : `0x${value.toString(16).toUpperCase().padStart(width, '0')}`;

/** A version as USB writes it: two digits before the point, two behind. */
function versionText(version: string | undefined): string {
  if (version === undefined || version === '-1') return '-1';
  const [major = '', minor = ''] = version.split('.');
  return `0x${major.padStart(2, '0')}${minor.padEnd(2, '0')}`;
}
