import { spawn } from 'node:child_process';
import { expect, test } from 'vitest';
import { HostCommands } from '../commands/commands.js';
import { bindThreads } from './affinity.js';
import { threadUsage } from './usage.js';

const commands = new HostCommands();
const taskset = await commands.find('taskset');

test.skipIf(taskset === undefined)(
  'a thread runs where it is bound to, a refusal names it (taskset is needed)',
  async () => {
    const child = spawn('sleep', ['60'], { stdio: 'ignore' });
    const pid = child.pid ?? 0;
    try {
      await bindThreads(commands, [{ id: pid, whole: true, cpus: [0] }]);
      expect((await threadUsage(pid, pid))?.affinity).toEqual([true]);
      await expect(bindThreads(commands, [{ id: pid, cpus: [4_000] }])).rejects.toMatchObject({
        code: 38,
        message: `cannot set CPU affinity on process ${pid}: Invalid argument`,
      });
      await bindThreads(commands, []);
    } finally {
      child.kill();
    }
  },
);
