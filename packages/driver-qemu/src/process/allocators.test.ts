import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { PortAllocator } from './port-allocator.js';
import { TapNames } from './tap-names.js';

test('ports in use by us or others are passed over, released ones come back', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  const address = server.address();
  const busy = typeof address === 'object' && address !== null ? address.port : 0;
  const ports = new PortAllocator('VNC', busy, busy + 2);
  const [first, second] = [await ports.take(), await ports.take()];
  expect([first, second]).not.toContain(busy);
  await expect(ports.take()).rejects.toThrow(`Unable to find an unused port in range 'VNC' (${busy}-${busy + 2})`);
  ports.release(first);
  expect(await ports.take()).toBe(first);
  await new Promise((resolve) => server.close(resolve));
});

test('tap names count up and pass over devices that exist', async () => {
  const names = new TapNames({ names: async () => new Set(['lo', 'vnet1']) });
  expect([await names.take(), await names.take()]).toEqual(['vnet0', 'vnet2']);
  names.keep('vnet9');
  names.keep('eth0');
  expect(await names.take()).toBe('vnet10');
});
