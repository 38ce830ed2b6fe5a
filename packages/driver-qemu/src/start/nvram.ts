import { chown, readFile, rename, rm, stat } from 'node:fs/promises';
import { type Domain, errnoOf } from '@virtkit/schema';
import { systemError, virtError } from '../errors.js';
import type { QemuServices } from '../guests/services.js';

/** The file that keeps the firmware's variables, where that is a file of this host. */
export const nvramFile = ({ os }: Pick<Domain, 'os'>): string | undefined =>
  os.nvram?.source?.type === 'file' ? os.nvram.source.file : undefined;

/** Makes the firmware's variables from their template, unless they are there already and shall stay. */
export async function prepareNvram(services: QemuServices, definition: Domain, reset: boolean): Promise<void> {
  const path = nvramFile(definition);
  if (path === undefined) return;
  if (reset || !(await isThere(path))) await makeNvram(services, definition, path);
  if (services.user !== undefined) await chown(path, services.user.uid, services.user.gid);
}

/** What cannot be looked at may be there, and must not be replaced. */
async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (cause) {
    if (errnoOf(cause) === 'ENOENT') return false;
    throw systemError(`Failed to stat file '${path}'`, cause);
  }
}

async function makeNvram(services: QemuServices, { os }: Domain, path: string): Promise<void> {
  const { template, templateFormat = 'raw', format = 'raw' } = os.nvram ?? {};
  if (template === undefined) {
    throw virtError('OPERATION_FAILED', `unable to find any master var store for loader: ${os.loader?.path ?? ''}`);
  }
  if (templateFormat !== format) return await convert(services, template, templateFormat, path, format);
  const content = await readFile(template).catch((cause: unknown) => {
    throw systemError(`Failed to open file '${template}'`, cause);
  });
  await services.host.files.write(path, content, { mode: 0o600 });
}

/** Through a name beside it, so that a crash leaves no half of a file. */
async function convert(
  { host }: QemuServices,
  template: string,
  from: string,
  path: string,
  to: string,
): Promise<void> {
  const temporary = `${path}.new`;
  try {
    await host.commands.expect('qemu-img', ['convert', '-f', from, '-O', to, template, temporary]);
    await rename(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
}
