import { type Logger, inProcessCall, parseUri } from '@virtkit/core';
import { type EsxConnection, esxDriver } from '../src/driver.js';

const silent: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warning: () => undefined,
  error: () => undefined,
  child: () => silent,
};

const directories = { config: '/nonexistent', state: '', run: '', log: '', cache: '' };

/** Opens a connection with this password. */
export const connect = (uri: string, password = 'pass'): Promise<EsxConnection> =>
  esxDriver({ logger: silent, directories }).open(
    parseUri(uri),
    inProcessCall({ ask: async (asked) => asked.map(() => password) }),
  );

export const call = inProcessCall();
