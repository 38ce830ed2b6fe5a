import type { Commands } from '@virtkit/core';
import { attr, element, escapeText, type FieldsOf, list, parseElement, text } from '@virtkit/xml';
import { storageError } from '@virtkit/storage';

const hostRows = { name: attr(text) };
const sourceRows = { host: list(element<FieldsOf<typeof hostRows>>('host', hostRows)) };
interface Source extends FieldsOf<typeof sourceRows> {}
const sourceElement = element<Source>('source', sourceRows);

/** Directories a server offers by NFS, as a `<sources>` document. */
export async function discoverExports(
  description: string | undefined,
  { commands, signal }: { readonly commands: Commands; readonly signal: AbortSignal },
): Promise<string> {
  const host = hostOf(description);
  const result = await commands.run('showmount', ['--no-headers', '--exports', host], { signal });
  const paths = result.code === 0 ? result.stdout.split('\n').flatMap((line) => /^(\S+)/.exec(line)?.[1] ?? []) : [];
  if (paths.length === 0) throw storageError('OPERATION_FAILED', `no storage pools were found on host '${host}'`);
  return `<sources>\n${paths.map((path) => sourceLines(host, path)).join('')}</sources>\n`;
}

function hostOf(description: string | undefined): string {
  if (description === undefined) throw storageError('INVALID_ARG', 'hostname must be specified for netfs sources');
  const hosts = parseElement(sourceElement, description).host;
  const [host] = hosts;
  if (host === undefined || hosts.length !== 1)
    throw storageError('CONFIG_UNSUPPORTED', 'Expected exactly 1 host for the storage pool');
  return host.name;
}

const sourceLines = (host: string, path: string): string =>
  `  <source>\n    <host name='${escapeText(host)}'/>\n    <dir path='${escapeText(path)}'/>\n    <format type='nfs'/>\n  </source>\n`;
