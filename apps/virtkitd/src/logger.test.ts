import { describe, expect, it } from 'vitest';
import { createLogger } from './logger.js';

function logged(
  run: (logger: ReturnType<typeof createLogger>) => void,
  least: 'debug' | 'warning' = 'debug',
): string[] {
  const lines: string[] = [];
  run(createLogger(least, (line) => lines.push(line.replace(/^\S+ /, ''))));
  return lines;
}

describe('the log', () => {
  it('has level, category, message and fields on one line', () => {
    const lines = logged((logger) => logger.child('qemu').child('monitor').info('connected', { guest: 'a\nb' }));
    expect(lines).toEqual(['info : qemu.monitor : connected guest="a\\nb"\n']);
  });

  it('leaves out what is below its level', () => {
    expect(logged((logger) => logger.info('no'), 'warning')).toEqual([]);
  });

  it('shows where an unexpected error comes from', () => {
    const [line] = logged((logger) => logger.error('internal error', { cause: new TypeError('x is not a function') }));
    expect(line).toContain('x is not a function');
    expect(line).toContain('logger.test');
    expect(line?.trimEnd()).not.toContain('\n');
  });
});
