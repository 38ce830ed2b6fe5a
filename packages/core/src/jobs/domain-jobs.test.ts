import { describe, expect, it } from 'vitest';
import { DomainJobs } from './domain-jobs.js';

const forever = new AbortController().signal;

describe('long work on a domain', () => {
  it('shows progress and time while it runs, and how it ended afterwards', async () => {
    let now = 1_000;
    const jobs = new DomainJobs(() => now);
    let finish = (): void => undefined;
    const work = jobs.run('u', 'savedImage.save', forever, (_signal, progress) => {
      progress({ phase: 'memory', total: 100n, done: 40n });
      return new Promise<void>((resolve) => {
        finish = resolve;
      });
    });
    now = 1_250;
    expect(jobs.current('u')).toMatchObject({ type: 'bounded', operation: 'savedImage.save', elapsedMs: 250 });
    expect(jobs.current('other').type).toBe('none');
    finish();
    await work;
    expect(jobs.current('u').type).toBe('none');
    expect(jobs.completed('u', true)).toMatchObject({ type: 'completed', progress: { done: 40n } });
    expect(jobs.completed('u', false).type).toBe('completed');
    expect(jobs.completed('u', false).type).toBe('none');
  });

  it('is cancelled through its signal', async () => {
    const jobs = new DomainJobs();
    const work = jobs.run('u', 'savedImage.coreDump', forever, (signal) => {
      return new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(new Error('stopped')));
      });
    });
    expect(jobs.abort('u')).toBe(true);
    await expect(work).rejects.toThrow('stopped');
    expect(jobs.completed('u', false).type).toBe('cancelled');
    expect(jobs.abort('u')).toBe(false);
  });

  it('ends when its caller does', async () => {
    const jobs = new DomainJobs();
    const caller = new AbortController();
    const work = jobs.run('u', 'savedImage.save', caller.signal, (signal) => {
      return new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
      });
    });
    caller.abort(new Error('client gone'));
    await expect(work).rejects.toThrow('client gone');
  });
});
