import { expect, test } from 'vitest';
import { parseDomain } from '../document.js';
import { refuseSameAliases } from './aliases.js';

const guest = (first: string, second: string) =>
  parseDomain(
    `<domain type='qemu' id='1'><name>a</name><memory>1</memory><os><type>hvm</type></os><devices>
      <controller type='usb' index='0' model='ich9-ehci1'><alias name='${first}'/></controller>
      <controller type='usb' index='0' model='ich9-uhci1'><alias name='${second}'/></controller>
    </devices></domain>`,
    { live: true },
  );

test('a user names one device only, the driver its companions alike', () => {
  expect(() => refuseSameAliases(guest('ua-x', 'ua-x'))).toThrow('non unique alias detected: ua-x');
  expect(() => refuseSameAliases(guest('ua-x', 'ua-y'))).not.toThrow();
  expect(() => refuseSameAliases(guest('usb', 'usb'))).not.toThrow();
});
