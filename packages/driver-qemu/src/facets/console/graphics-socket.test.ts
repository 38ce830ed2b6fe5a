import { expect, test } from 'vitest';
import { protocolOf } from './graphics-socket.js';

test('displays that take a client are named as QEMU does, others are refused by their type', () => {
  expect(protocolOf({ type: 'spice', listens: [], channels: [] }, 0)).toBe('spice');
  expect(protocolOf({ type: 'dbus', p2p: true }, 0)).toBe('@dbus-display');
  expect(() => protocolOf({ type: 'dbus' }, 0)).toThrow(
    'internal error: Can only open VNC, SPICE or D-Bus p2p graphics backends, not dbus',
  );
  expect(() => protocolOf({ type: 'egl-headless' }, 0)).toThrow('not egl-headless');
  expect(() => protocolOf(undefined, 3)).toThrow('internal error: No graphics backend with index 3');
});
