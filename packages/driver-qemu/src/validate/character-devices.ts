import type { CharSource, Console, Domain, Serial } from '@virtkit/schema';
import type { QemuFacts } from '../complete/facts.js';
import { archOf, isArmVirt, isPseries, isRiscvVirt, isS390, isX86 } from '../complete/machine.js';
import { virtError } from '../errors.js';
import { has, unsupported, xmlError } from './refuse.js';

/** Serial and parallel ports, consoles and channels. */
export function checkCharacterDevices(domain: Domain, facts: QemuFacts): void {
  const { smartcards, serials, parallels, consoles, channels } = domain.devices;
  for (const card of smartcards) if (card.mode === 'passthrough') checkSource(card.source, domain);
  for (const serial of serials) checkSerial(serial, domain);
  for (const console of consoles) checkConsole(console, facts);
  if (parallels.length > 0 && !hasParallel(domain)) unsupported('parallel ports are not supported');
  for (const { source } of [...serials, ...parallels, ...channels, ...consoles]) checkSource(source, domain);
}

export function checkRedirdevs(domain: Domain): void {
  for (const { source } of domain.devices.redirdevs) checkSource(source, domain);
}

function checkSource(source: CharSource, { devices }: Domain): void {
  const { type } = source;
  if ('reconnect' in source && source.reconnect?.enabled === true && source.reconnect.timeout === 0)
    throw virtError('INVALID_ARG', "chardev reconnect source timeout cannot be '0'");
  const isSpice = type === 'spicevmc' || type === 'spiceport';
  if (isSpice && !devices.graphics.some((display) => display.type === 'spice'))
    unsupported(`chardev '${type}' not supported without spice graphics`);
}

/** Consoles of mainframes need a binary for those, others are no QEMU's. */
function checkConsole({ target }: Console, facts: QemuFacts): void {
  const type = target?.type;
  if (type === 'sclp' || type === 'sclplm') {
    if (!has(facts, sclpFlags[type])) unsupported(`${type}console is not supported in this QEMU binary`);
  } else if (type !== undefined && type !== 'serial' && type !== 'virtio')
    unsupported(`unsupported console target type ${type}`);
}
const sclpFlags = { sclp: 's390-sclp', sclplm: 'sclplmconsole' } as const;

/** Firmware that talks needs something to talk to. */
export function checkBiosSerial({ os, devices }: Domain): void {
  if (os.bios?.useserial === true && devices.serials.length === 0)
    xmlError('need at least one serial port to use BIOS serial output');
}

const hasParallel = (domain: Domain): boolean => !archOf(domain).startsWith('ppc64') && !isS390(domain);

function checkSerial({ target }: Serial, domain: Domain): void {
  const type = target?.type;
  if (target?.model === 'isa-debugcon' && type !== 'isa-debug')
    unsupported("Target model 'isa-debugcon' requires target type 'isa-debug'");
  const fits =
    type === 'isa-serial' || type === 'isa-debug'
      ? isX86(domain)
      : type === 'spapr-vio-serial'
        ? isPseries(domain)
        : type === 'sclp-serial'
          ? isS390(domain)
          : type !== 'system-serial' || isArmVirt(domain) || isRiscvVirt(domain) || !isX86(domain);
  if (fits) return;
  unsupported(
    `Serial device with target type '${type ?? ''}' and target model '${target?.model ?? ''}' not compatible with guest architecture or machine type`,
  );
}
