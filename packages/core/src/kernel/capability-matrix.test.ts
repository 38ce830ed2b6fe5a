import { describe, expect, it } from 'vitest';
import { capabilityMatrix } from './capability-matrix.js';

const method = () => Promise.reject(new Error('not called'));

describe('the capability matrix', () => {
  it('sets what a driver offers beside what libvirt’s fills', () => {
    const connection = {
      host: { type: () => 'X', capabilities: method },
      domain: { list: method, find: method, info: method, definition: method },
      snapshot: { list: method },
    };
    const page = capabilityMatrix([
      { name: 'ours', connection, libvirt: ['domainSuspend', 'domainSnapshotNum', 'connectGetType'], local: true },
      { name: 'missing', libvirt: ['domainSuspend', 'domainGetJobInfo'], local: true },
    ]);
    const row = (operation: string): string | undefined =>
      page
        .split('\n')
        .find((line) => line.startsWith(`| \`${operation}\``))
        ?.split(' | ')
        .slice(1, 3)
        .join(' ');
    expect(row('lifecycle.suspend')).toBe('○ ○');
    expect(row('snapshot.list')).toBe('● ');
    expect(row('host.type')).toBe('● ');
    expect(row('domain.info')).toBe('+ ');
    expect(row('snapshot.revert')).toBe(' ');
    // The kernel answers these for every driver of this host.
    expect(row('jobs.current')).toBe('+ ○');
    expect(row('events.watch')).toBe('+ ');
  });
});
