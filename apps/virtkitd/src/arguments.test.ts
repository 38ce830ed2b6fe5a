import { describe, expect, it } from 'vitest';
import { parseArguments } from './arguments.js';

describe('the command line', () => {
  it('has defaults for everything', () => {
    expect(parseArguments([])).toEqual({
      root: undefined,
      session: false,
      config: undefined,
      timeout: 0,
      verbose: false,
    });
  });

  it('takes root, session, configuration, timeout and verbosity', () => {
    const args = ['--root', '/srv/x', '--session', '--config', 'c.json', '--timeout', '30', '-v'];
    expect(parseArguments(args)).toEqual({
      root: '/srv/x',
      session: true,
      config: 'c.json',
      timeout: 30,
      verbose: true,
    });
  });

  it('asks for help or the version', () => {
    expect(parseArguments(['--help'])).toBe('help');
    expect(parseArguments(['-V'])).toBe('version');
  });

  it.each([['--timeout', 'soon'], ['--timeout', '-1'], ['--timeout', ''], ['--nonsense'], ['stray']])(
    'refuses %s %s',
    (...args) => {
      expect(() => parseArguments(args)).toThrow();
    },
  );
});
