import { describe, expect, it } from 'vitest';
import { type Command, domainOption, flag, text } from '../command.js';
import { nothing } from '../output.js';
import { candidates, type Names } from './candidates.js';

const command = (name: string, options: Command['options']): Command => ({
  name,
  group: 'g',
  summary: 's',
  options,
  run: () => Promise.resolve(nothing),
});
const commands = [
  command('start', [domainOption, flag('paused', 'stay paused')]),
  command('attach-disk', [domainOption, text('source', 'file', { completes: 'file' }), text('target', 'target')]),
];
const names: Names = (kind) => Promise.resolve(kind === 'domain' ? ['demo', 'desk'] : []);
const offered = (...words: string[]): Promise<readonly string[]> => candidates(commands, words, names);

describe('candidates', () => {
  it('offers verbs first', async () => expect(await offered('st')).toEqual(['start']));
  it('offers the names of domains where one is awaited', async () =>
    expect(await offered('start', 'de')).toEqual(['demo', 'desk']));
  it('offers them behind the named option too', async () =>
    expect(await offered('attach-disk', '--source', 'x', '--domain', 'dem')).toEqual(['demo']));
  it('offers options that were not given yet', async () => {
    expect(await offered('start', 'demo', '--')).toEqual(['--domain', '--paused']);
    expect(await offered('start', '--paused', '--p')).toEqual([]);
  });
  it('offers nothing behind a verb it does not know', async () => expect(await offered('nope', 'x')).toEqual([]));
});
