import { inProcessCall, parseUri } from '@virtkit/core';
import { silentLogger } from '@virtkit/core/testing';
import { type EsxConnection, esxDriver } from '../src/driver.js';

const directories = { config: '/nonexistent', state: '', run: '', log: '', cache: '' };

/** Opens a connection with this password. */
export const connect = (uri: string, password = 'pass'): Promise<EsxConnection> =>
  esxDriver({ logger: silentLogger, directories }).open(
    parseUri(uri),
    inProcessCall({ ask: async (asked) => asked.map(() => password) }),
  );

export const call = inProcessCall();
