import { call } from '../program.js';
import { uint } from '../xdr/scalars.js';
import { nonnullDomain, nonnullString, nullableString } from './objects.js';

/** Devices, consoles, graphics, screenshots. */
export const domainDevicesRows = {
  domainAttachDevice: call(
    8,
    { dom: nonnullDomain, xml: nonnullString },
    {},
    { acl: ['domain:write'], readOnly: 'denied' },
  ),
  domainDetachDevice: call(
    13,
    { dom: nonnullDomain, xml: nonnullString },
    {},
    { acl: ['domain:write'], readOnly: 'denied' },
  ),
  domainAttachDeviceFlags: call(
    160,
    { dom: nonnullDomain, xml: nonnullString, flags: uint },
    {},
    {
      acl: [
        'domain:write',
        { permission: 'domain:save', unlessFlags: 0x3 },
        { permission: 'domain:save', whenFlags: 0x2 },
      ],
      readOnly: 'denied',
    },
  ),
  domainDetachDeviceFlags: call(
    161,
    { dom: nonnullDomain, xml: nonnullString, flags: uint },
    {},
    {
      acl: [
        'domain:write',
        { permission: 'domain:save', unlessFlags: 0x3 },
        { permission: 'domain:save', whenFlags: 0x2 },
      ],
      readOnly: 'denied',
    },
  ),
  domainUpdateDeviceFlags: call(
    174,
    { dom: nonnullDomain, xml: nonnullString, flags: uint },
    {},
    {
      acl: [
        'domain:write',
        { permission: 'domain:save', unlessFlags: 0x3 },
        { permission: 'domain:save', whenFlags: 0x2 },
      ],
      readOnly: 'denied',
    },
  ),
  domainOpenConsole: call(
    201,
    { dom: nonnullDomain, devName: nullableString, flags: uint },
    {},
    { acl: ['domain:open_device'], readOnly: 'denied', stream: { direction: 'read' } },
  ),
  domainScreenshot: call(
    211,
    { dom: nonnullDomain, screen: uint, flags: uint },
    { mime: nullableString },
    { acl: ['domain:screenshot'], readOnly: 'denied', stream: { direction: 'read' } },
  ),
  domainOpenGraphics: call(
    249,
    { dom: nonnullDomain, idx: uint, flags: uint },
    {},
    { acl: ['domain:open_graphics'], readOnly: 'denied', fds: 'in' },
  ),
  domainOpenChannel: call(
    296,
    { dom: nonnullDomain, name: nullableString, flags: uint },
    {},
    { acl: ['domain:open_device'], readOnly: 'denied', stream: { direction: 'read' } },
  ),
  domainOpenGraphicsFD: call(
    343,
    { dom: nonnullDomain, idx: uint, flags: uint },
    {},
    { acl: ['domain:open_graphics'], readOnly: 'denied', fds: 'out' },
  ),
  domainDetachDeviceAlias: call(
    392,
    { dom: nonnullDomain, alias: nonnullString, flags: uint },
    {},
    {
      acl: [
        'domain:write',
        { permission: 'domain:save', unlessFlags: 0x3 },
        { permission: 'domain:save', whenFlags: 0x2 },
      ],
      readOnly: 'denied',
    },
  ),
  domainFDAssociate: call(
    443,
    { dom: nonnullDomain, name: nonnullString, flags: uint },
    {},
    { acl: ['domain:write'], readOnly: 'denied', fds: 'in' },
  ),
} as const;
