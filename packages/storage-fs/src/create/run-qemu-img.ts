import type { Commands } from '@virtkit/core';
import type { QemuImgCommand } from '@virtkit/storage';
import { type RunOptions, runProgram } from '../run-program.js';

/** Runs qemu-img. */
export const runQemuImg = (commands: Commands, args: QemuImgCommand, options: RunOptions): Promise<string> =>
  runProgram(commands, 'qemu-img', args, options);
