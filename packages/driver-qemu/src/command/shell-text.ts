import { shellLine } from '@virtkit/core';
import type { QemuCommand } from './build.js';

/** A command with its environment as one line for a shell. */
export const quotedCommand = ({ environment, argv }: QemuCommand): string =>
  [...environment.map(([name, value]) => `${name}=${shellLine([value])}`), shellLine(argv)].join(' ');
