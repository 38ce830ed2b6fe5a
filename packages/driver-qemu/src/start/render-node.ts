import { readdir } from 'node:fs/promises';
import { systemError } from '@virtkit/host';
import type { Domain, Graphics } from '@virtkit/schema';
import { virtError } from '../errors.js';

const folder = '/dev/dri';

/**
 * The render node of the host that displays with OpenGL use where the document names none; undefined where no display
 * needs one. @throws `SYSTEM_ERROR` on hosts without graphics
 */
export async function renderNodeFor({ devices }: Pick<Domain, 'devices'>): Promise<string | undefined> {
  if (!devices.graphics.some(needsNode)) return undefined;
  const names = await readdir(folder).catch((cause: unknown) => {
    throw systemError(`cannot open directory '${folder}'`, cause);
  });
  const [first] = names.filter((name) => name.startsWith('renderD')).sort();
  if (first === undefined) throw virtError('INTERNAL_ERROR', 'No DRM render nodes available');
  return `${folder}/${first}`;
}

function needsNode(graphics: Graphics): boolean {
  switch (graphics.type) {
    case 'egl-headless':
      return graphics.gl?.rendernode === undefined;
    case 'spice':
    case 'dbus':
      return graphics.gl?.enable === true && graphics.gl.rendernode === undefined;
    default:
      return false;
  }
}
