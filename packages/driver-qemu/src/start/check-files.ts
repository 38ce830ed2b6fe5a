import { stat } from 'node:fs/promises';
import { type Domain, systemErrorsFrom } from '@virtkit/schema';

const securityFailure = systemErrorsFrom('SECURITY');
const qemuFailure = systemErrorsFrom('QEMU');
const networkFailure = systemErrorsFrom('NONE');

/** What a guest boots from directly. */
export const bootFiles = ({ os }: Pick<Domain, 'os'>): readonly string[] =>
  [os.kernel, os.initrd, os.dtb, os.loader?.path].flatMap((path) => path ?? []);

/** Devices of the host behind character devices. */
const hostDevices = ({ devices }: Pick<Domain, 'devices'>): readonly string[] =>
  [...devices.serials, ...devices.parallels, ...devices.channels, ...devices.consoles].flatMap(({ source }) =>
    source.type === 'dev' && source.path !== undefined ? [source.path] : [],
  );

/** What QEMU would only say in words of its own: a file, a device or a bridge that is not there. @throws `SYSTEM_ERROR` */
export async function checkFiles(definition: Domain): Promise<void> {
  for (const path of bootFiles(definition))
    await stat(path).catch((cause: unknown) => {
      throw securityFailure(`unable to stat: ${path}`, cause);
    });
  for (const path of hostDevices(definition))
    await stat(path).catch((cause: unknown) => {
      throw qemuFailure(`Path '${path}' is not accessible`, cause);
    });
  for (const { source } of definition.devices.interfaces)
    if (source.type === 'bridge' && source.bridge !== undefined) await checkBridge(source.bridge);
}

async function checkBridge(name: string): Promise<void> {
  await stat(`/sys/class/net/${name}`).catch(() => {
    throw networkFailure(`Cannot get interface MTU on '${name}'`, noDevice);
  });
}

const noDevice = Object.assign(new Error('no such device'), { code: 'ENODEV', errno: -19 });
