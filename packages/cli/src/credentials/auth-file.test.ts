import { describe, expect, it } from 'vitest';
import { storedCredentials } from './auth-file.js';

const file = `# comment
[credentials-prod]
username = root
password=a = b

[auth-esx-esx1.example]
credentials=prod
[auth-esx-default]
credentials=none
`;

describe('storedCredentials', () => {
  it('follows the host to its credentials; a value may contain the separator', () => {
    const found = storedCredentials(file, 'esx', 'esx1.example');
    expect([found?.get('username'), found?.get('password')]).toEqual(['root', 'a = b']);
  });
  it('knows nothing of other services, nor of credentials that are not there', () => {
    expect(storedCredentials(file, 'libvirt', 'esx1.example')).toBeUndefined();
    expect(storedCredentials(file, 'esx', 'other')).toBeUndefined();
  });
});
