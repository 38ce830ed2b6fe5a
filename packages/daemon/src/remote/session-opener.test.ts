import type { OpenCall, Session } from '@virtkit/core';
import { expect, it } from 'vitest';
import { openSession } from './session-opener.js';

it('says where a password is stored that nobody can be asked for', async () => {
  const prompt = "Enter root's password for host";
  const kernel = {
    open: async (_uri: string | undefined, call: OpenCall): Promise<Session> => {
      await call.ask([{ type: 'noecho', prompt, challenge: 'host' }]);
      throw new Error('an answer came');
    },
    hasRules: false,
  };
  const request = {
    identity: { user: 'root' },
    readOnly: false,
    scope: { onClose: () => undefined },
    signal: new AbortController().signal,
  } as never;
  await expect(openSession(kernel as never, 'esx://host/', request)).rejects.toThrow(/password for host: .*auth\.conf/);
});
