import type { Smartcard } from '@virtkit/schema';
import { chardevOptions } from './chardev.js';
import type { CommandContext, Section } from './context.js';
import type { JsonObject } from './json.js';
import { device, type QemuOption } from './option.js';
import { controllerAlias } from './address.js';

export const smartcardSection: Section = (context) =>
  context.domain.devices.smartcards.flatMap((card) => smartcardOptions(card, context));

const defaultDatabase = '/etc/pki/nssdb';

function smartcardOptions(card: Smartcard, context: CommandContext): readonly QemuOption[] {
  const place: JsonObject = { id: card.alias, bus: ccidBus(card, context) };
  switch (card.mode) {
    case 'host':
      return [device({ driver: 'ccid-card-emulated', backend: 'nss-emulated', ...place })];
    case 'host-certificates':
      return [
        device({
          driver: 'ccid-card-emulated',
          backend: 'certificates',
          ...Object.fromEntries(card.certificates.map((name, index) => [`cert${index + 1}`, name])),
          db: card.database ?? defaultDatabase,
          ...place,
        }),
      ];
    case 'passthrough':
      return [
        ...chardevOptions({ alias: card.alias ?? '', source: card.source, spiceName: 'smartcard' }, context),
        device({ driver: 'ccid-card-passthru', chardev: `char${card.alias}`, ...place }),
      ];
  }
}

const ccidBus = ({ address }: Smartcard, { domain }: CommandContext): string =>
  `${controllerAlias(domain, 'ccid', address?.type === 'ccid' ? address.controller : 0)}.0`;
