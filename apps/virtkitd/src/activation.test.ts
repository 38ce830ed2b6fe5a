import { describe, expect, it } from 'vitest';
import { inheritedSockets } from './activation.js';

describe('socket activation', () => {
  it('is not taken for ours when it was meant for another process', () => {
    const environment: NodeJS.ProcessEnv = { LISTEN_PID: '1', LISTEN_FDS: '2', LISTEN_FDNAMES: 'a:b' };
    expect(inheritedSockets(environment, 4711)).toEqual([]);
  });

  it('leaves nothing of it in the environment for children', () => {
    const environment: NodeJS.ProcessEnv = { LISTEN_PID: '4711', LISTEN_FDS: '0', LISTEN_FDNAMES: '', PATH: '/bin' };
    expect(inheritedSockets(environment, 4711)).toEqual([]);
    expect(environment).toEqual({ PATH: '/bin' });
  });
});
