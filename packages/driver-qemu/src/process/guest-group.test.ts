import { expect, test } from 'vitest';
import { parseDomain } from '@virtkit/schema';
import { groupPath, partitionPath, placeInPartition } from './guest-group.js';

const guest = (name: string, more = '') => {
  const definition = parseDomain(
    `<domain type='qemu'><name>${name}</name><memory>1</memory>${more}<os><type>hvm</type></os></domain>`,
  );
  return Object.assign(definition, { id: 7 });
};

test('a guest is grouped below the machines, and says so', () => {
  const definition = guest('web 1/α');
  placeInPartition(definition);
  expect(definition.resource?.partition).toBe('/machine');
  expect(groupPath(definition, '/run/a')).toMatch(/^\/machine\/qemu-[0-9a-f]{8}-7-web1\.libvirt-qemu$/);
});

test('guests of two daemons have groups of their own', () => {
  expect(groupPath(guest('a'), '/run/a')).not.toBe(groupPath(guest('a'), '/run/b'));
});

test('a partition that is asked for is kept, its parts named as partitions', () => {
  const definition = guest('a', '<resource><partition>/machine/web</partition></resource>');
  placeInPartition(definition);
  expect(definition.resource?.partition).toBe('/machine/web');
  expect(groupPath(definition, '/run')).toMatch(/^\/machine\/web\.partition\/qemu-/);
});

test.each([
  ['/machine', '/machine'],
  ['/user/web', '/user/web.partition'],
  ['/web/machine', '/web.partition/machine.partition'],
  ['/web.slice', '/web.slice'],
])('%s lies at %s', (partition, path) => {
  expect(partitionPath(partition)).toBe(path);
});
