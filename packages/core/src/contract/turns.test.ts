import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Turns } from './turns.js';

test('one after the other for one key, in the order asked for, whatever becomes of the one before', async () => {
  const turns = new Turns();
  const seen: string[] = [];
  const body =
    (name: string, fails = false) =>
    async (): Promise<string> => {
      seen.push(`${name} begins`);
      await nextTurn();
      seen.push(`${name} ends`);
      if (fails) throw new RangeError(name);
      return name;
    };
  const outcomes = await Promise.allSettled([turns.run('a', body('one', true)), turns.run('a', body('two'))]);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
  expect(seen).toEqual(['one begins', 'one ends', 'two begins', 'two ends']);
});

test('begins at once where nobody has the turn; other keys do not wait', async () => {
  const turns = new Turns();
  const begun: string[] = [];
  const enter = (key: string) => turns.run(key, async () => void begun.push(key));
  const all = [enter('a'), enter('b')];
  expect(begun).toEqual(['a', 'b']);
  expect(turns.isTaken('a')).toBe(true);
  await Promise.all(all);
  await nextTurn();
  expect(turns.isTaken('a')).toBe(false);
});

test('settles when turns that are waited for have ended, failed ones too', async () => {
  const turns = new Turns();
  let ended = 0;
  const work = async (): Promise<void> => {
    await nextTurn();
    ended += 1;
    throw new RangeError('of no matter here');
  };
  const all = Promise.allSettled([turns.run('a', work), turns.run('a', work), turns.run('b', work)]);
  await turns.settled();
  expect(ended).toBe(3);
  await all;
});
