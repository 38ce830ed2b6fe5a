import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inProcessCall } from '@virtkit/core';
import { describe, expect, it } from 'vitest';
import { findCredentials } from './credentials.js';

const file = `# comment
[credentials-lab]
username = root
password = se = cret
[auth-esx-host1]
credentials = lab
[auth-vpx-default]
credentials=lab
`;

async function find(query: { scheme: string; host: string; user?: string }) {
  const config = mkdtempSync(join(tmpdir(), 'virtkit-auth-'));
  writeFileSync(join(config, 'auth.conf'), file);
  const asked: string[] = [];
  const call = inProcessCall({
    ask: async (requests) =>
      requests.map(({ type, prompt }) => (asked.push(prompt), type === 'username' ? '' : 'typed')),
  });
  try {
    return { ...(await findCredentials({ ...query, config }, call)), asked };
  } finally {
    rmSync(config, { recursive: true });
  }
}

describe('user and password', () => {
  it('come from the file for this host', async () => {
    expect(await find({ scheme: 'esx', host: 'host1' })).toEqual({ user: 'root', password: 'se = cret', asked: [] });
  });
  it('come from the file for all hosts of the kind', async () => {
    expect(await find({ scheme: 'vpx', host: 'any', user: 'root' })).toMatchObject({ password: 'se = cret' });
  });
  it('of another user are asked for', async () => {
    expect(await find({ scheme: 'esx', host: 'host1', user: 'me' })).toEqual({
      user: 'me',
      password: 'typed',
      asked: ["Enter me's password for host1"],
    });
  });
  it('are asked for where the file knows nothing, and root is meant by no name', async () => {
    expect(await find({ scheme: 'esx', host: 'host2' })).toEqual({
      user: 'root',
      password: 'typed',
      asked: ['Enter username for host2 [root]', "Enter root's password for host2"],
    });
  });
});
