import { isVirtError } from '@virtkit/schema';
import { esxError } from '../errors.js';
import type { Answer } from '../soap/answer.js';
import type { DataObject, ManagedObject } from '../soap/envelope.js';
import { SoapFault } from '../soap/fault.js';
import { SoapClient } from '../soap/soap-client.js';
import type { Endpoint } from '../uri.js';
import { asVirtError } from './fault-error.js';
import { readServiceContent, type ServiceContent, serviceInstance } from './service.js';

export interface Credentials {
  readonly user: string;
  readonly password: string;
}
export interface VimCall {
  readonly signal: AbortSignal;
  /** Milliseconds; for calls that wait on the server. */
  readonly timeout?: number;
}

/** Milliseconds within which a server says what it is: a small question, so one that is silent longer is no server. */
const greetingTimeout = 20_000;

/** A logged-in session that renews itself: a call that finds it ended logs in again and is repeated once. */
export class VimSession {
  readonly #client: SoapClient;
  #content: ServiceContent | undefined;
  #renewing: Promise<void> | undefined;
  /** Counts logins. What a server keeps for a session (views, filters) is gone when it rises. */
  generation = 0;

  constructor(
    readonly endpoint: Endpoint,
    private readonly credentials: Credentials,
  ) {
    this.#client = new SoapClient(endpoint);
  }

  /** Requests sent so far. */
  get requests(): number {
    return this.#client.requests;
  }
  get content(): ServiceContent {
    if (this.#content === undefined) throw esxError('INVALID_CONN', 'the session was never opened');
    return this.#content;
  }

  /** Finds out what the server is, and logs in. */
  async open(call: VimCall): Promise<void> {
    const greeting = { method: 'RetrieveServiceContent', self: serviceInstance, timeout: greetingTimeout };
    const answer = await this.#client.call({ ...greeting, ...call });
    this.#content = readServiceContent(answer.get('returnval'));
    this.#client.speak(this.#content.apiVersion);
    await this.#login(call);
  }

  /** Calls a method. Refusals become errors with libvirt's numbers. */
  async call(method: string, self: ManagedObject, parameters: DataObject['fields'], call: VimCall): Promise<Answer> {
    try {
      return await this.callRaw(method, self, parameters, call);
    } catch (error) {
      throw error instanceof SoapFault ? asVirtError(error) : error;
    }
  }

  /** The same with `SoapFault` for what the server refused. */
  async callRaw(method: string, self: ManagedObject, parameters: DataObject['fields'], call: VimCall): Promise<Answer> {
    const { generation } = this;
    try {
      const answer = await this.#client.call({ method, self, parameters, ...call });
      if (!saysNotAuthenticated(answer)) return answer;
    } catch (error) {
      if (!(error instanceof SoapFault && error.kind === 'NotAuthenticated')) throw error;
    }
    await this.#renew(generation, call);
    return this.#client.call({ method, self, parameters, ...call });
  }

  async close(): Promise<void> {
    try {
      if (this.generation > 0)
        await this.#client.call({
          method: 'Logout',
          self: this.content.sessionManager,
          signal: AbortSignal.timeout(5_000),
        });
    } catch {
      // a server that is gone needs no goodbye
    } finally {
      this.#client.close();
    }
  }

  /** One login for all calls that found the session ended at once. */
  async #renew(seen: number, call: VimCall): Promise<void> {
    if (seen !== this.generation) return;
    this.#renewing ??= this.#login(call).finally(() => {
      this.#renewing = undefined;
    });
    try {
      await this.#renewing;
    } catch (cause) {
      if (!isVirtError(cause)) throw cause;
      throw esxError(
        'AUTH_FAILED',
        `the session on '${this.endpoint.host}' ended and could not be renewed: ${cause.message}`,
        { cause },
      );
    }
  }

  async #login({ signal }: VimCall): Promise<void> {
    const { user, password } = this.credentials;
    this.#client.forgetSession();
    const parameters = [
      ['userName', user],
      ['password', password],
    ] as const;
    try {
      await this.#client.call({ method: 'Login', self: this.content.sessionManager, parameters, signal });
      this.generation += 1;
    } catch (cause) {
      if (!(cause instanceof SoapFault)) throw cause;
      if (cause.kind !== 'InvalidLogin') throw asVirtError(cause);
      throw esxError('AUTH_FAILED', `'${this.endpoint.host}' refused the user '${user}' with this password`, { cause });
    }
  }
}

/** Reads of an ended session do not fail: every property is missing for that reason. */
function saysNotAuthenticated(answer: Answer): boolean {
  const result = answer.get('returnval');
  const objects = [...answer.list('returnval'), ...result.list('objects')];
  return objects.some((object) =>
    object.list('missingSet').some((missing) => missing.at('fault', 'fault').type === 'NotAuthenticated'),
  );
}
