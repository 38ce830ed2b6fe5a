import { whole } from '@virtkit/xml';
import { expect, test } from 'vitest';
import { definitionOf } from '../testing/definitions.js';
import { runtimeOf } from '../testing/fake-services.js';
import { parseStatus, statusPieces } from './status-document.js';

const definition = definitionOf(
  `<graphics type='vnc' port='5901' autoport='yes' passwd='sesame'><listen type='address' address='127.0.0.1'/></graphics>`,
  { live: true },
);

test('everything a daemon needs after a restart comes back, passwords too', () => {
  const runtime = runtimeOf({
    process: { pid: 42, startTime: 12345678901234n },
    state: { state: 'paused', reason: 'user' },
    vcpus: [{ vcpu: 0, thread: 43 }],
    agentSeconds: -2,
    nodeIndex: 7,
    taints: ['custom monitor control commands issued'],
    originalCpu: { mode: 'custom', match: 'exact', check: 'none', features: [] },
    resources: {
      taps: ['vnet0'],
      ports: [{ network: { uuid: 'aaaaaaaa-2222-3333-4444-555555555555', name: 'default' }, port: 'p' }],
      owners: [{ path: '/a & b', uid: 1, gid: 2 }],
      group: '/machine/a-group',
      helperWords: ['/run/g/master-key.aes'],
      files: ['/run/g'],
    },
  });
  const back = parseStatus(whole(statusPieces(runtime, definition, {})), {});
  expect(back.runtime).toMatchObject({ ...runtime, originalCpu: { mode: 'custom', check: 'none' } });
  expect(back.definition.devices.graphics[0]).toMatchObject({ port: 5901, passwd: 'sesame' });
});

test('a start that knew no process yet reads as one', () => {
  const back = parseStatus(whole(statusPieces(runtimeOf({ phase: 'starting' }), definition, {})), {});
  expect(back.runtime.phase).toBe('starting');
  expect(back.runtime.process).toBeUndefined();
});

test('another kind of document is refused', () => {
  expect(() => parseStatus('<domain/>', {})).toThrow();
});
