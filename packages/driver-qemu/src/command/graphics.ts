import type { Domain, Graphics } from '@virtkit/schema';
import { audiodevOf } from './audiodev-of.js';
import type { CommandContext, Section } from './context.js';
import { qemuError } from './errors.js';
import { pairs, type QemuOption } from './option.js';
import { shortName } from './paths.js';
import { spiceOptions } from './graphics-spice.js';
import { vncOptions } from './graphics-vnc.js';

/** Displays. */
export const graphicsSection: Section = (context) =>
  context.domain.devices.graphics.flatMap((graphics) => graphicsOptions(graphics, context));

const singleKinds: readonly Graphics['type'][] = ['sdl', 'vnc', 'spice', 'egl-headless', 'dbus', 'rdp'];

/** QEMU has one display of each kind. @throws CONFIG_UNSUPPORTED */
export function refuseSameDisplays({ devices: { graphics } }: Domain): void {
  if (singleKinds.some((kind) => graphics.filter(({ type }) => type === kind).length > 1))
    throw qemuError(
      'CONFIG_UNSUPPORTED',
      'only 1 graphics device of each type (sdl, vnc, spice, headless, dbus, rdp) is supported',
    );
}

/** Without a display QEMU would open one of its own. */
export const noDisplaySection: Section = ({ domain }) =>
  domain.devices.graphics.length === 0 ? [pairs('display', 'none')] : [];

function graphicsOptions(graphics: Graphics, context: CommandContext): readonly QemuOption[] {
  if ('listens' in graphics && graphics.listens.length > 1)
    throw qemuError('CONFIG_UNSUPPORTED', 'QEMU does not support multiple listens for one graphics device.');
  switch (graphics.type) {
    case 'vnc':
      return vncOptions(graphics, context);
    case 'spice':
      return spiceOptions(graphics, context);
    case 'sdl':
      return [
        ...(graphics.fullscreen ? [{ kind: 'flag', name: 'full-screen' } as const] : []),
        pairs('display', 'sdl', graphics.gl?.enable !== undefined && ['gl', graphics.gl.enable ? 'on' : 'off']),
      ];
    case 'egl-headless':
      return [pairs('display', 'egl-headless', renderNode(graphics, context))];
    case 'dbus':
      return [dbusOption(graphics, context)];
    default:
      return [];
  }
}

const renderNode = (graphics: Extract<Graphics, { type: 'egl-headless' | 'dbus' }>, { resources }: CommandContext) => {
  const node = graphics.gl?.rendernode ?? resources.renderNode;
  return node !== undefined && (['rendernode', node] as const);
};

function dbusOption(graphics: Extract<Graphics, { type: 'dbus' }>, context: CommandContext): QemuOption {
  const gl = graphics.gl?.enable;
  const audiodev = audiodevOf(graphics.audio, context.domain);
  return pairs(
    'display',
    'dbus',
    graphics.p2p ? ['p2p', 'on'] : ['addr', graphics.address ?? `unix:path=${dbusSocket(context)}`],
    gl !== undefined && ['gl', gl ? 'on' : 'off'],
    gl && renderNode(graphics, context),
    graphics.audio && audiodev !== undefined && ['audiodev', audiodev],
  );
}

const dbusSocket = ({ domain, config }: CommandContext): string =>
  `${config.dbusStateDir}/${shortName(domain)}-dbus.sock`;
