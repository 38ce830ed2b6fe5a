import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OpenCall } from '@virtkit/core';
import { esxError } from './errors.js';
import type { Credentials } from './vim/session.js';

export interface CredentialQuery {
  readonly scheme: string;
  readonly host: string;
  /** As the uri names it. */
  readonly user?: string;
  /** Folder of this daemon's configuration. */
  readonly config: string;
}

/**
 * User and password: what the uri says, then `auth.conf` in the configuration folder (a daemon has nobody to ask), then
 * the client. @libvirt virAuthGetUsername, virAuthGetPassword
 */
export async function findCredentials(query: CredentialQuery, call: OpenCall): Promise<Credentials> {
  const { host } = query;
  const stored = storedCredentials(readAuthFile(join(query.config, 'auth.conf')), query);
  const user = query.user ?? stored?.user ?? (await askUser(host, call));
  const password =
    stored !== undefined && (stored.user === undefined || stored.user === user) ? stored.password : undefined;
  return { user, password: password ?? (await askPassword(host, user, call)) };
}

async function askUser(host: string, call: OpenCall): Promise<string> {
  const [user = ''] = await call.ask([
    { type: 'username', prompt: `Enter username for ${host} [root]`, challenge: host },
  ]);
  return user === '' ? 'root' : user;
}

async function askPassword(host: string, user: string, call: OpenCall): Promise<string> {
  const [password] = await call.ask([
    { type: 'noecho', prompt: `Enter ${user}'s password for ${host}`, challenge: host },
  ]);
  if (password === undefined) throw esxError('AUTH_FAILED', 'Password request failed');
  return password;
}

type Sections = ReadonlyMap<string, ReadonlyMap<string, string>>;

function readAuthFile(path: string): Sections {
  try {
    return parseAuthFile(readFileSync(path, 'utf8'));
  } catch {
    return new Map(); // a file that is not there, or not for us, answers nothing
  }
}

/** `[auth-esx-HOST]` names `[credentials-NAME]`, which holds user and password. */
function parseAuthFile(text: string): Sections {
  const sections = new Map<string, Map<string, string>>();
  let section = new Map<string, string>();
  for (const line of text.split('\n')) {
    const heading = /^\s*\[([^\]]+)\]\s*$/.exec(line)?.[1];
    const [, key, value] = /^\s*([^#=\s][^=]*?)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (heading !== undefined) {
      section = new Map();
      sections.set(heading, section);
    } else if (key !== undefined && value !== undefined) section.set(key, value);
  }
  return sections;
}

interface Stored {
  readonly user: string | undefined;
  readonly password: string | undefined;
}
function storedCredentials(
  sections: Sections,
  { scheme, host }: Pick<CredentialQuery, 'scheme' | 'host'>,
): Stored | undefined {
  const named = sections.get(`auth-${scheme}-${host}`) ?? sections.get(`auth-${scheme}-default`);
  const found = sections.get(`credentials-${named?.get('credentials') ?? ''}`);
  return found === undefined ? undefined : { user: found.get('username'), password: found.get('password') };
}
