import { describe, expect, it } from 'vitest';
import { after, type Answer, answered } from './answer.js';

describe('answers', () => {
  it('goes on at once with what is known', () => {
    expect(after(1, (one) => one + 1)).toBe(2);
  });

  it('goes on later with what is promised', async () => {
    expect(await after(Promise.resolve(1), (one) => one + 1)).toBe(2);
  });

  it('makes a failure a rejection', async () => {
    const failing = answered((): Answer<number> => {
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
  });
});
