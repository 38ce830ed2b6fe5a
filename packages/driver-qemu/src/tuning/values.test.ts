import { parseDomain } from '@virtkit/schema';
import { expect, test } from 'vitest';
import { UNLIMITED } from './limits.js';
import { definedValues } from './values.js';

const guest = (tuning: string) =>
  parseDomain(`<domain type='qemu'><name>a</name><memory>1</memory>${tuning}<os><type>hvm</type></os></domain>`);

test('a definition without limits answers that there are none', () => {
  expect([...definedValues(guest(''), 'memory').values()]).toEqual([UNLIMITED, UNLIMITED, UNLIMITED]);
  expect([...definedValues(guest(''), 'scheduler')]).toEqual(
    ['cpu_shares', 'vcpu_period', 'vcpu_quota', 'emulator_period', 'emulator_quota']
      .concat('global_period', 'global_quota', 'iothread_period', 'iothread_quota')
      .map((name) => [name, 0n]),
  );
  expect(definedValues(guest(''), 'numa')).toEqual(
    new Map<string, unknown>([
      ['numa_nodeset', ''],
      ['numa_mode', 0],
    ]),
  );
});

test('limits are told in libvirt’s units', () => {
  const tuned = guest(`<memtune><hard_limit unit='MiB'>2</hard_limit></memtune>
    <cputune><shares>2048</shares><global_quota>-1</global_quota></cputune>`);
  expect(definedValues(tuned, 'memory').get('hard_limit')).toBe(2048n);
  expect(definedValues(tuned, 'scheduler').get('cpu_shares')).toBe(2048n);
  expect(definedValues(tuned, 'scheduler').get('global_quota')).toBe(-1n);
});

test('numbers of devices are one text each', () => {
  const device = (path: string, words: string) => `<device><path>${path}</path>${words}</device>`;
  const values = definedValues(
    guest(
      `<blkiotune>${device('/dev/a', '<weight>200</weight>')}${device(
        '/dev/b',
        '<weight>300</weight><read_bytes_sec>7</read_bytes_sec>',
      )}</blkiotune>`,
    ),
    'blkio',
  );
  expect(values.get('device_weight')).toBe('/dev/a,200,/dev/b,300');
  expect(values.get('device_read_bytes_sec')).toBe('/dev/b,7');
  expect(values.get('device_write_iops_sec')).toBe('');
});

test('an event is enabled where the definition says so', () => {
  const values = definedValues(guest(`<perf><event name='cpu_clock' enabled='yes'/></perf>`), 'perf');
  expect([...values].filter(([, enabled]) => enabled)).toEqual([['cpu_clock', true]]);
});
