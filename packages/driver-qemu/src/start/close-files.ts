import { closeSync } from 'node:fs';

export const closeAllFiles = (fds: readonly number[]): void => {
  for (const fd of fds) closeSync(fd);
};
