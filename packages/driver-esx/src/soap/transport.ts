import http from 'node:http';
import https from 'node:https';
import type { Endpoint } from '../uri.js';
import { pinnedAgent, trustingAgent } from './trust.js';

export interface HttpAnswer {
  readonly status: number;
  readonly text: string;
  readonly cookies: readonly string[];
}
export interface HttpRequest {
  readonly path: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** Milliseconds without a byte. */
  readonly timeout: number;
}

const longestAnswer = 256 * 1024 * 1024;

/** HTTP to one server, over connections that are kept. */
export class Transport {
  readonly #agent: http.Agent;
  readonly #secure: boolean;

  constructor(readonly endpoint: Endpoint) {
    this.#secure = endpoint.transport === 'https';
    this.#agent = this.#secure ? secureAgent(endpoint) : new http.Agent({ keepAlive: true });
  }

  post(request: HttpRequest): Promise<HttpAnswer> {
    return new Promise((resolve, reject) => {
      const { host, port } = this.endpoint;
      const send = this.#secure ? https.request : http.request;
      const outgoing = send(
        {
          agent: this.#agent,
          host,
          port,
          method: 'POST',
          path: request.path,
          headers: { ...request.headers, 'Content-Length': Buffer.byteLength(request.body) },
          signal: request.signal,
          timeout: request.timeout,
        },
        (incoming) => collect(incoming).then(resolve, reject),
      );
      outgoing.once('timeout', () =>
        outgoing.destroy(Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' })),
      );
      outgoing.once('error', reject);
      outgoing.end(request.body);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}

function secureAgent(endpoint: Endpoint): http.Agent {
  if (endpoint.fingerprint !== undefined) return pinnedAgent(endpoint.fingerprint);
  return trustingAgent(endpoint);
}

async function collect(incoming: http.IncomingMessage): Promise<HttpAnswer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming) {
    const bytes = chunk as Buffer; // no encoding was set
    length += bytes.length;
    if (length > longestAnswer) throw Object.assign(new Error('the answer is too long'), { code: 'EMSGSIZE' });
    chunks.push(bytes);
  }
  return {
    status: incoming.statusCode ?? 0,
    text: Buffer.concat(chunks).toString('utf8'),
    cookies: incoming.headers['set-cookie'] ?? [],
  };
}
