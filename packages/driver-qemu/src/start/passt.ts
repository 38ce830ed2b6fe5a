import { readFile, mkdir, chown } from 'node:fs/promises';
import { join } from 'node:path';
import { findProgram, waitGone, spawnDetached } from '@virtkit/host';
import type { NetworkInterface } from '@virtkit/schema';
import { virtError } from '../errors.js';
import type { QemuServices } from '../guests/services.js';
import type { StartPlan } from './plan.js';

/** Socket of one interface's passt process. */
export const passtSocket = (
  { paths }: Pick<QemuServices, 'paths'>,
  plan: Pick<StartPlan, 'paths'>,
  alias: string,
): string => join(paths.passtDir, `${plan.paths.shortName}-${alias}.socket`);

/** Starts a passt for each interface that asks for it; the sockets by alias. */
export async function startPasst(services: QemuServices, plan: StartPlan): Promise<ReadonlyMap<string, string>> {
  const wanted = plan.definition.devices.interfaces.filter(
    ({ source, backend }) => source.type === 'user' && backend?.type === 'passt',
  );
  if (wanted.length === 0) return new Map();
  if ((await findProgram('passt')) === undefined) {
    throw virtError('OPERATION_UNSUPPORTED', "Unable to find 'passt' binary in $PATH");
  }
  await mkdir(services.paths.passtDir, { recursive: true, mode: 0o755 });
  if (services.user !== undefined) await chown(services.paths.passtDir, services.user.uid, services.user.gid);
  const started = await Promise.all(wanted.map((device) => startOne(services, plan, device)));
  return new Map(started);
}

async function startOne(
  services: QemuServices,
  plan: StartPlan,
  device: NetworkInterface,
): Promise<readonly [string, string]> {
  const alias = device.alias ?? '';
  const path = passtSocket(services, plan, alias);
  const log = device.backend?.logFile ?? join(services.paths.logDir, `${plan.definition.name}-passt-${alias}.log`);
  const child = await spawnDetached('passt', passtWords(device, path, services), { ...services.user, log });
  // It goes to the background when its socket is there.
  if (child.identity !== undefined && !(await waitGone(child.identity, { timeoutMs: 10_000 }))) {
    throw virtError('INTERNAL_ERROR', `Could not start 'passt': it does not become ready`);
  }
  const { code } = await child.exited;
  if (code === 0) return [alias, path];
  const words = await readFile(log, 'utf8').catch(() => '');
  throw virtError('OPERATION_FAILED', `Could not start 'passt': ${words.trim().split('\n').at(-1) ?? ''}`);
}

function passtWords(device: NetworkInterface, path: string, { user }: QemuServices): readonly string[] {
  const { source, mac, ips, portForwards } = device;
  return [
    '--one-off',
    '--socket',
    path,
    ...(mac === undefined ? [] : ['--mac-addr', mac.address]),
    ...(source.type === 'user' && source.dev !== undefined ? ['--interface', source.dev] : []),
    ...(user === undefined ? [] : ['--runas', String(user.uid)]),
    ...ips.flatMap(({ address, prefix }) => [
      '--address',
      address,
      ...(prefix === undefined ? [] : ['--netmask', String(prefix)]),
    ]),
    ...portForwards.flatMap((forward) => [
      forward.proto === 'tcp' ? '--tcp-ports' : '--udp-ports',
      forward.ranges.length === 0 ? 'all' : forwardText(forward),
    ]),
  ];
}

function forwardText({ address, dev, ranges }: NetworkInterface['portForwards'][number]): string {
  const prefix = `${address ?? ''}${dev === undefined ? '' : `%${dev}`}`;
  const parts = ranges.map(({ start = 0, end, to, exclude }) => {
    const range = `${start}${end === undefined ? '' : `-${end}`}`;
    const target = to === undefined ? '' : `:${to}${end === undefined ? '' : `-${to + end - start}`}`;
    return `${exclude === true ? '~' : ''}${range}${target}`;
  });
  return `${prefix === '' ? '' : `${prefix}/`}${parts.join(',')}`;
}
