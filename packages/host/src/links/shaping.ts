import type { Commands } from '@virtkit/core';
import type { Bandwidth } from '@virtkit/schema';
import { hostError } from '../errors.js';
import { clearCommands, type ShapingOptions, tcCommands } from './bandwidth.js';

/** Limits what a device sends and receives; nothing to limit removes all limits. Rejects with the words of `tc`. */
export async function limitBandwidth(
  commands: Commands,
  device: string,
  bandwidth: Bandwidth | undefined,
  options: ShapingOptions = {},
): Promise<void> {
  const lines = tcCommands(device, bandwidth ?? {}, options);
  const cleared = clearCommands(device).length;
  // Removing what was not there fails, asking too.
  for (const words of clearCommands(device)) await commands.run('tc', words);
  for (const words of lines.slice(cleared)) {
    if (words[1] === 'show') continue;
    const { code, stderr } = await commands.run('tc', words);
    // Fairness among those within the limit is a luxury a kernel may lack; the limit is not.
    if (code !== 0 && !words.includes('sfq') && !words.includes('fw'))
      throw hostError('INTERNAL_ERROR', `tc ${words.join(' ')} failed: ${stderr.trim()}`);
  }
}
