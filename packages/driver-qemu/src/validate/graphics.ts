import type { Domain, Graphics } from '@virtkit/schema';
import type { QemuFacts } from '../complete/facts.js';
import { has, unsupported } from './refuse.js';

const flags = { sdl: 'sdl', vnc: 'vnc', spice: 'spice', 'egl-headless': 'egl-headless', dbus: 'display-dbus' } as const;
const longestVncPassword = 8;

/** What displays are together. */
export function checkGraphicsKinds({ devices: { graphics } }: Domain): void {
  if (graphics.filter(usesGl).length > 1) unsupported('multiple OpenGL displays are not supported by QEMU');
}

/** Sound through SPICE needs a display that speaks it. */
export function checkAudio({ devices: { audios, graphics } }: Domain): void {
  if (audios.some(({ type }) => type === 'spice') && !graphics.some(({ type }) => type === 'spice'))
    unsupported('Spice audio is not supported without spice graphics');
}

export function checkGraphics({ devices }: Domain, facts: QemuFacts): void {
  for (const display of devices.graphics) checkDisplay(display, facts);
}

const usesGl = (display: Graphics): boolean => {
  if (display.type === 'egl-headless') return true;
  return (display.type === 'sdl' || display.type === 'spice' || display.type === 'dbus') && display.gl?.enable === true;
};

function checkDisplay(display: Graphics, facts: QemuFacts): void {
  if (display.type === 'desktop') unsupported("unsupported graphics type 'desktop'");
  if (display.type === 'rdp') unsupported('rdp graphics are not supported with this QEMU');
  if (display.type in flags && !has(facts, flags[display.type as keyof typeof flags])) {
    unsupported(`${display.type} graphics are not supported with this QEMU`);
  }
  if (display.type === 'vnc') checkVnc(display);
  if (display.type === 'spice') checkSpice(display, facts);
}

function checkVnc({ passwd }: Extract<Graphics, { type: 'vnc' }>): void {
  if (passwd !== undefined && passwd.length > longestVncPassword) {
    unsupported(`VNC password is ${passwd.length} characters long, only ${longestVncPassword} permitted`);
  }
}

function checkSpice(display: Extract<Graphics, { type: 'spice' }>, { settings }: QemuFacts): void {
  const [first] = display.listens;
  if (first?.type === 'socket' || first?.type === 'none') return;
  if (!settings.spiceTls && (display.tlsPort ?? 0) > 0)
    unsupported('spice TLS port set in XML configuration, but TLS is disabled in qemu.conf');
}
