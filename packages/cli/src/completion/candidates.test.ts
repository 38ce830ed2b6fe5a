import { describe, expect, it } from 'vitest';
import { type Command, domainOption, flag, text } from '../command.js';
import { nothing } from '../output.js';
import { candidates } from './candidates.js';
import type { Names } from './object-names.js';

const command = (name: string, options: Command['options']): Command => ({
  name,
  group: 'g',
  summary: 's',
  options,
  run: () => Promise.resolve(nothing),
});
const commands = [
  command('start', [domainOption, flag('paused', 'stay paused')]),
  command('plugin', [text('action', 'what', { words: ['add', 'list'] }), text('package', 'which')]),
  command('snapshot-delete', [domainOption, text('snapshotname', 'which', { completes: 'snapshot' })]),
  command('attach-disk', [domainOption, text('source', 'file', { completes: 'file' }), text('target', 'target')]),
];
const names: Names = (kind, domain) =>
  Promise.resolve(kind === 'domain' ? ['demo', 'desk'] : kind === 'snapshot' ? [`first of ${domain}`] : []);
const offered = (...words: string[]): Promise<readonly string[]> => candidates(commands, words, names);

describe('candidates', () => {
  it('offers verbs first', async () => expect(await offered('st')).toEqual(['start']));
  it('offers the names of domains where one is awaited', async () =>
    expect(await offered('start', 'de')).toEqual(['demo', 'desk']));
  it('offers them behind the named option too', async () =>
    expect(await offered('attach-disk', '--source', 'x', '--domain', 'dem')).toEqual(['demo']));
  it('offers them behind an equals sign, in one word or in the three of bash', async () => {
    expect(await offered('start', '--domain=des')).toEqual(['--domain=desk']);
    expect(await offered('start', '--domain', '=', 'des')).toEqual(['desk']);
    expect(await offered('start', '--domain', '=')).toEqual(['demo', 'desk']);
  });
  it('offers the words an option may be', async () => {
    expect(await offered('plugin', '')).toEqual(['add', 'list']);
    expect(await offered('plugin', 'add', 'l')).toEqual([]);
  });
  it('offers snapshots of the domain that was named', async () =>
    expect(await offered('snapshot-delete', 'demo', '')).toEqual(['first of demo']));
  it('offers options of the program before a verb, and verbs to help with', async () => {
    expect(await offered('--r')).toEqual(['--root', '--readonly']);
    expect(await offered('help', 'pl')).toEqual(['plugin']);
  });
  it('offers options that were not given yet', async () => {
    expect(await offered('start', 'demo', '--')).toEqual(['--domain', '--paused']);
    expect(await offered('start', '--paused', '--p')).toEqual([]);
  });
  it('offers nothing behind a verb it does not know', async () => expect(await offered('nope', 'x')).toEqual([]));
});
