import type { JobsFacet } from '@virtkit/core';
import { esxError } from '../errors.js';
import type { Answer } from '../soap/answer.js';
import type { Guests } from '../vim/guests.js';
import { retrieve } from '../vim/property-collector.js';
import type { VimCall } from '../vim/session.js';

const info = ['info.state', 'info.progress', 'info.descriptionId', 'info.cancelable'];

/** Tasks of the server, whoever started them. */
export function jobsFacet(guests: Guests): JobsFacet {
  const running = async (ref: Parameters<JobsFacet['current']>[0], call: VimCall) => {
    const start = await guests.object(ref, call);
    const via = [{ type: 'VirtualMachine', path: 'recentTask' }];
    const tasks = await retrieve(guests.session, { start, via, type: 'Task', properties: info }, call);
    return tasks.find(({ properties }) => isRunning(properties));
  };
  return {
    async current(ref, call) {
      const task = await running(ref, call);
      if (task === undefined) return undefined;
      const done = task.properties.get('info.progress')?.bigint ?? 0n;
      return { phase: task.properties.get('info.descriptionId')?.text ?? 'task', total: 100n, done };
    },
    async abort(ref, _options, call) {
      const task = await running(ref, call);
      if (task === undefined) throw esxError('OPERATION_INVALID', 'no job is active on the domain');
      await guests.session.call('CancelTask', task.object, [], call);
    },
  };
}

const isRunning = (properties: ReadonlyMap<string, Answer>): boolean => {
  const state = properties.get('info.state')?.text;
  return state === 'running' || state === 'queued';
};
