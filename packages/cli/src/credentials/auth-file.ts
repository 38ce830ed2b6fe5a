import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

type Section = ReadonlyMap<string, string>;

/** `[section]` and `key=value` lines. */
function sections(text: string): ReadonlyMap<string, Section> {
  const found = new Map<string, Map<string, string>>();
  let current: Map<string, string> | undefined;
  for (const line of text.split('\n').map((each) => each.trim())) {
    const name = /^\[(.+)\]$/.exec(line)?.[1];
    const [, key, value] = /^([^#=\s][^=]*?)\s*=\s*(.*)$/.exec(line) ?? [];
    if (name !== undefined) found.set(name, (current = new Map()));
    else if (key !== undefined && value !== undefined) current?.set(key, value);
  }
  return found;
}

/** Where libvirt's clients look. @libvirt auth.conf */
function places(env: NodeJS.ProcessEnv): readonly string[] {
  const named = env.VIRTKIT_AUTH_FILE ?? env.LIBVIRT_AUTH_FILE;
  if (named !== undefined) return [named];
  const config = env.XDG_CONFIG_HOME ?? join(homedir(), '.config');
  return [
    join(config, 'virtkit/auth.conf'),
    join(config, 'libvirt/auth.conf'),
    '/etc/virtkit/auth.conf',
    '/etc/libvirt/auth.conf',
  ];
}

function readFirst(env: NodeJS.ProcessEnv): string | undefined {
  for (const path of places(env)) {
    try {
      return readFileSync(path, 'utf8');
    } catch {
      // the next place
    }
  }
  return undefined;
}

/** Credentials for a service on a host: `[auth-esx-HOST] credentials=NAME`, `[credentials-NAME] username= password=`. */
export function storedCredentials(text: string, service: string, host: string): Section | undefined {
  const found = sections(text);
  const auth = found.get(`auth-${service}-${host}`) ?? found.get(`auth-${service}-default`);
  const name = auth?.get('credentials');
  return name === undefined ? undefined : found.get(`credentials-${name}`);
}

/** From the first file there is. */
export function credentialsFor(
  service: string,
  host: string,
  env: NodeJS.ProcessEnv = process.env,
): Section | undefined {
  const text = readFirst(env);
  return text === undefined ? undefined : storedCredentials(text, service, host);
}
