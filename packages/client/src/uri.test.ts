import { describe, expect, it } from 'vitest';
import { parseRemoteUri } from './uri.js';

describe('parseRemoteUri', () => {
  it.each([
    ['qemu:///system', 'unix', 'qemu:///system', undefined],
    ['qemu+unix:///session?socket=/x/y', 'unix', 'qemu:///session', undefined],
    ['qemu+ssh://root@host.example:2222/system?keyfile=k', 'ssh', 'qemu:///system', 'host.example'],
    ['qemu://host/system', 'tls', 'qemu:///system', 'host'],
    ['qemu+tcp://[::1]/system', 'tcp', 'qemu:///system', '::1'],
    ['remote+unix:///?name=test:///default', 'unix', 'test:///default', undefined],
    ['remote:///', 'unix', '', undefined],
    ['esx://host/?no_verify=1&auto_answer=1', 'tls', 'esx:///?auto_answer=1', 'host'],
  ])('%s goes by %s and asks for %s', (text, transport, name, host) => {
    const uri = parseRemoteUri(text);
    expect([uri.transport, uri.name, uri.host]).toEqual([transport, name, host]);
  });

  it('decodes user and parameters', () => {
    const uri = parseRemoteUri('qemu+ssh://a%40b@h/system?socket=%2Frun%2Fs');
    expect([uri.user, uri.parameters.get('socket')]).toEqual(['a@b', '/run/s']);
  });

  it.each(['nonsense', 'qemu+pigeon:///system', ''])('refuses %j', (text) => {
    expect(() => parseRemoteUri(text)).toThrow(TypeError);
  });
});
