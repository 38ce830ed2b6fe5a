import { describe, expect, it } from 'vitest';
import { type Command, domainOption, flag, number, text } from './command.js';
import { nothing } from './output.js';
import { parseWords } from './parse.js';
import { UsageError } from './usage-error.js';

const command: Command = {
  name: 'setvcpus',
  group: 'test',
  summary: 'a command with every sort of option',
  options: [
    domainOption,
    number('count', 'how many', { required: true }),
    flag('live', 'now'),
    number('wait', 'how long', { named: true }),
    text('words', 'the rest', { rest: true }),
  ],
  run: () => Promise.resolve(nothing),
};

describe('parseWords', () => {
  it('fills options that take a value by position, in the order of the table', () => {
    const values = parseWords(command, ['demo', '4', '--live']);
    expect([values.text('domain'), values.number('count'), values.flag('live')]).toEqual(['demo', 4, true]);
  });

  it('takes the same options by name in any order', () => {
    const values = parseWords(command, ['--count', '0x10', '--domain=demo']);
    expect([values.text('domain'), values.number('count')]).toEqual(['demo', 16]);
  });

  it('gives a position to the first option that has no value yet', () => {
    expect(parseWords(command, ['--domain', 'demo', '2']).number('count')).toBe(2);
  });

  it('gives no position to an option that only has a name', () => {
    const values = parseWords(command, ['demo', '1', '7', '--wait', '5']);
    expect([values.number('wait'), values.list('words')]).toEqual([5, ['7']]);
  });

  it('collects all remaining words', () => {
    expect(parseWords(command, ['demo', '1', 'a', 'b']).list('words')).toEqual(['a', 'b']);
  });

  it.each([
    [['demo'], "command 'setvcpus' requires <count> option"],
    [['demo', '1', '--nope'], "command 'setvcpus' doesn't support option --nope"],
    [['demo', 'four'], "Numeric value 'four' for <count> option is malformed or out of range"],
    [['--domain'], 'expected syntax: --domain <string>'],
  ])('refuses %j', (words, message) => {
    expect(() => parseWords(command, words)).toThrow(new UsageError(message));
  });
});
