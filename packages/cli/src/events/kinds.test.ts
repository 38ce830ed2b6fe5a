import { remote } from '@virtkit/protocol';
import { describe, expect, it } from 'vitest';
import { eventKinds } from './kinds.js';

const wordsOf = (name: string, message: object): string | undefined =>
  eventKinds.find((kind) => kind.name === name)?.words(message as never);

describe('kinds of events', () => {
  it('stand in the order of their numbers, under the messages that bring them', () => {
    expect(eventKinds.map(({ message }) => remote.rows[message].id)).toEqual(eventKinds.map((_, at) => at));
  });

  it('are said in virsh`s words', () => {
    expect(wordsOf('lifecycle', { msg: { event: 5, detail: 1 } })).toBe(': Stopped Destroyed');
    expect(wordsOf('reboot', { msg: {} })).toBe('');
    expect(wordsOf('balloon-change', { msg: { actual: 4096n } })).toBe(': 4096KiB');
    expect(wordsOf('tray-change', { msg: { devAlias: 'ide0', reason: 0 } })).toBe(' disk ide0: opened');
    expect(wordsOf('metadata-change', { type: 1, nsuri: null })).toBe(': type title, uri <null>');
    expect(wordsOf('agent-lifecycle', { state: 1, reason: 2 })).toBe(": state: 'connected' reason: 'channel event'");
    expect(wordsOf('tunable', { params: [{ field: 'cputune.shares', value: 7n }] })).toBe(':\n\tcputune.shares: 7');
    expect(wordsOf('memory-failure', { recipient: 1, action: 2, flags: 2 })).toBe(
      ':\nrecipient: guest\naction: fatal\naction required: 0\nrecursive: 1',
    );
  });

  it('say when a number is new', () => {
    expect(wordsOf('watchdog', { msg: { action: 99 } })).toBe(': unknown');
  });
});
