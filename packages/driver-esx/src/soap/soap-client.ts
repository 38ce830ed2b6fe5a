import { esxError } from '../errors.js';
import type { Endpoint } from '../uri.js';
import { Answer } from './answer.js';
import { connectionError } from './connection-error.js';
import { type DataObject, envelope, type ManagedObject } from './envelope.js';
import { faultIn } from './fault.js';
import { type HttpAnswer, Transport } from './transport.js';

export interface SoapCall {
  readonly method: string;
  readonly self: ManagedObject;
  readonly parameters?: DataObject['fields'];
  readonly signal: AbortSignal;
  /** Milliseconds; for calls that wait on the server. */
  readonly timeout?: number;
}

const ordinaryTimeout = 120_000;
const fallbackVersion = '5.5';

/** Calls of one server, with the cookie of its session. Knows nothing of what the calls mean. */
export class SoapClient {
  readonly #transport: Transport;
  #cookie: string | undefined;
  #version = fallbackVersion;
  /** Requests sent so far. */
  requests = 0;

  constructor(readonly endpoint: Endpoint) {
    this.#transport = new Transport(endpoint);
  }

  /** The dialect both sides speak. */
  speak(version: string): void {
    this.#version = version;
  }
  /** The session is forgotten; the next answer brings another. */
  forgetSession(): void {
    this.#cookie = undefined;
  }

  /** The answer's `returnval` is below the one element of this. Throws `SoapFault` for a refusal. */
  async call(call: SoapCall): Promise<Answer> {
    const { method, self, parameters = [] } = call;
    const answer = await this.#post(call, envelope(method, self, parameters));
    const body = this.#body(answer, method);
    const fault = faultIn(body, method);
    if (fault !== undefined) throw fault;
    if (answer.status !== 200) throw unexpected(method, `HTTP response code ${answer.status}`);
    return body.get(`${method}Response`);
  }

  close(): void {
    this.#transport.close();
  }

  async #post({ method, signal, timeout = ordinaryTimeout }: SoapCall, body: string): Promise<HttpAnswer> {
    this.requests += 1;
    try {
      const answer = await this.#transport.post({ path: '/sdk', body, headers: this.#headers(), signal, timeout });
      this.#keepCookie(answer.cookies);
      return answer;
    } catch (cause) {
      throw await connectionError(cause, this.endpoint, method);
    }
  }

  #headers(): Readonly<Record<string, string>> {
    return {
      'Content-Type': 'text/xml; charset=utf-8',
      SOAPAction: `"urn:vim25/${this.#version}"`,
      'User-Agent': 'virtkit-esx',
      ...(this.#cookie === undefined ? {} : { Cookie: this.#cookie }),
    };
  }

  #keepCookie(cookies: readonly string[]): void {
    const found = cookies.find((cookie) => cookie.startsWith('vmware_soap_session='));
    if (found !== undefined) this.#cookie = found.split(';', 1)[0];
  }

  #body(answer: HttpAnswer, method: string): Answer {
    try {
      return Answer.fromEnvelope(answer.text);
    } catch (cause) {
      if (answer.status !== 200) throw unexpected(method, `HTTP response code ${answer.status}`);
      throw esxError('INTERNAL_ERROR', `the answer to the call '${method}' cannot be read`, { cause });
    }
  }
}

const unexpected = (method: string, what: string) => esxError('INTERNAL_ERROR', `${what} for call to '${method}'`);
