import {
  blockResizeFlags,
  consoleFlags,
  deviceFlags,
  graphicsFlags,
  type Handlers,
  noFlags,
  type remote,
  targetFlags,
  wordTable,
} from '@virtkit/protocol';
import { duplexEndpoint, sourceEndpoint } from '../streams/open.js';
import { flagged } from './flagged.js';
import type { RemoteCall } from './state.js';
import { chosen, nothing } from './wire.js';

const attach = flagged('virDomainAttachDeviceFlags', targetFlags);
const detach = flagged('virDomainDetachDeviceFlags', targetFlags);
const update = flagged('virDomainUpdateDeviceFlags', deviceFlags);
const detachAlias = flagged('virDomainDetachDeviceAlias', targetFlags);
const resize = flagged('virDomainBlockResize', blockResizeFlags);
const openConsole = flagged('virDomainOpenConsole', consoleFlags);
const openChannel = flagged('virDomainOpenChannel', { force: consoleFlags.force });
const openGraphics = flagged('virDomainOpenGraphicsFD', graphicsFlags);
const screenshot = flagged('virDomainScreenshot', noFlags);
const sendKey = flagged('virDomainSendKey', noFlags);
const reload = flagged('virDomainGraphicsReload', noFlags);
const graphicsTypes = wordTable(['any', 'vnc']);

/** Devices, consoles, screenshots. */
export const domainDeviceHandlers = {
  domainAttachDevice: async ({ dom, xml }, { state }) =>
    nothing(state.session.devices.attach(dom, xml, { live: true }, { function: 'virDomainAttachDevice' })),
  domainAttachDeviceFlags: async ({ dom, xml, flags }, { state }) =>
    nothing(state.session.devices.attach(dom, xml, attach.options(flags), attach.via(flags))),
  domainDetachDevice: async ({ dom, xml }, { state }) =>
    nothing(state.session.devices.detach(dom, xml, { live: true }, { function: 'virDomainDetachDevice' })),
  domainDetachDeviceFlags: async ({ dom, xml, flags }, { state }) =>
    nothing(state.session.devices.detach(dom, xml, detach.options(flags), detach.via(flags))),
  domainUpdateDeviceFlags: async ({ dom, xml, flags }, { state }) =>
    nothing(state.session.devices.update(dom, xml, update.options(flags), update.via(flags))),
  domainDetachDeviceAlias: async ({ dom, alias, flags }, { state }) =>
    nothing(state.session.devices.detachByAlias(dom, alias, detachAlias.options(flags), detachAlias.via(flags))),
  domainBlockResize: async ({ dom, disk, size, flags }, { state }) => {
    const { bytes, ...options } = resize.options(flags);
    const wanted = bytes || options.capacity ? size : size * 1024n;
    return nothing(state.session.devices.resizeBlock(dom, disk, wanted, options, resize.via(flags)));
  },
  domainOpenConsole: async ({ dom, devName, flags }, call) => {
    const { options, via } = openConsole;
    call.stream = duplexEndpoint(await call.state.session.console.open(dom, devName, options(flags), via(flags)));
    return {};
  },
  domainOpenChannel: async ({ dom, name, flags }, call) => {
    const { options, via } = openChannel;
    call.stream = duplexEndpoint(await call.state.session.console.openChannel(dom, name, options(flags), via(flags)));
    return {};
  },
  domainOpenGraphicsFD: async ({ dom, idx, flags }, call) => {
    const { options, via } = openGraphics;
    call.files = [await call.state.session.console.openGraphicsFd(dom, idx, options(flags), via(flags))];
    return {};
  },
  domainScreenshot: async ({ dom, screen, flags }, call) => {
    const { mimeType, source } = await call.state.session.console.screenshot(dom, screen, screenshot.via(flags));
    call.stream = sourceEndpoint(source);
    return { mime: mimeType };
  },
  domainSendKey: async ({ dom, codeset, holdtime, keycodes, flags }, { state }) =>
    nothing(state.session.console.sendKey(dom, codeset, holdtime, keycodes, sendKey.via(flags))),
  domainGraphicsReload: async ({ dom, type, flags }, { state }) => {
    const word = chosen(graphicsTypes, type, 'type', 'virDomainGraphicsReload');
    return nothing(state.session.console.reloadGraphics(dom, word, reload.via(flags)));
  },
} satisfies Handlers<typeof remote, RemoteCall>;
