import { describe, expect, test } from 'vitest';
import { HostCommands } from './commands.js';

const commands = new HostCommands();

describe('commands', () => {
  test('give both outputs and the exit status', async () => {
    expect(await commands.run('sh', ['-c', 'echo out; echo err >&2; exit 3'])).toEqual({
      code: 3,
      signal: null,
      stdout: 'out\n',
      stderr: 'err\n',
    });
  });

  test('a missing program is named with the package to install', async () => {
    const missing = Object.assign(new HostCommands(), { find: async () => undefined });
    await expect(missing.run('dnsmasq', [])).rejects.toMatchObject({
      code: 38,
      message: "Cannot find 'dnsmasq' in path: No such file or directory (install it: apt install dnsmasq-base)",
    });
  });

  test('a failure expected to succeed speaks in the words of the program', async () => {
    await expect(commands.expect('sh', ['-c', 'echo no room >&2; exit 1'])).rejects.toMatchObject({
      code: 1,
      message: "internal error: Child process (sh -c 'echo no room >&2; exit 1') unexpected exit status 1: no room",
    });
  });

  test('input is handed over, environment is small', async () => {
    const result = await commands.run('sh', ['-c', 'cat; echo $LC_ALL $WORD'], { input: 'in\n', env: { WORD: 'w' } });
    expect(result.stdout).toBe('in\nC w\n');
  });

  test('an abort ends the program', async () => {
    const controller = new AbortController();
    const ended = commands.run('sleep', ['30'], { signal: controller.signal });
    controller.abort(new Error('enough'));
    await expect(ended).rejects.toThrow('enough');
  });

  test('more output than allowed ends the program', async () => {
    await expect(commands.run('sh', ['-c', 'yes'], { maxOutput: 1000 })).rejects.toThrow('larger than expected');
  });
});
