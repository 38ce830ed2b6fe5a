import { Turns } from '@virtkit/core';
import { connect, type Socket } from 'node:net';
import { randomInt } from 'node:crypto';
import { jsonText, type JsonObject, type JsonValue } from '../command/json.js';
import { deferred, type Deferred } from '../monitor/deferred.js';
import { LineReader } from '../monitor/line-reader.js';
import { isRecord } from '../monitor/qmp-message.js';
import { AgentError } from './agent-error.js';

/** Seconds the agent has to answer when a client names no other time. */
export const defaultAgentSeconds = 5;
const maxAnswerBytes = 10 * 1024 * 1024;

/** An answer of the agent: its value, and the text it came as. */
export interface AgentAnswer {
  readonly value: JsonValue;
  readonly text: string;
}

interface Waiting {
  accept(answer: AgentAnswer | AgentError): boolean;
  readonly end: Deferred<AgentAnswer | AgentError>;
}

/**
 * One connection to a guest agent. The agent answers one command at a time and may be dead while its channel is open;
 * so commands queue, each after a `guest-sync` handshake where the last one was not answered.
 */
export class AgentConnection {
  readonly #socket: Socket;
  readonly #reader = new LineReader(maxAnswerBytes);
  readonly #turns = new Turns();
  #waiting: Waiting | undefined;
  #synced = false;
  #ended = false;

  constructor(socket: Socket, onClose?: () => void) {
    this.#socket = socket;
    socket.on('data', (chunk) => this.#receive(chunk));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.#ended = true;
      this.#waiting?.end.reject(new AgentError('gone', 'Guest agent disappeared while executing command'));
      onClose?.();
    });
  }

  /** Rejects with the system's error when nothing listens. */
  static open(path: string, onClose?: () => void): Promise<AgentConnection> {
    const { promise, resolve, reject } = deferred<AgentConnection>();
    const socket = connect(path);
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.off('error', reject);
      resolve(new AgentConnection(socket, onClose));
    });
    return promise;
  }

  get closed(): boolean {
    return this.#ended || this.#socket.destroyed;
  }

  /** `seconds`: for the handshake and again for the command; 0 waits as long as it takes. Rejects with {@link AgentError}. */
  async execute(command: string, args?: JsonObject, seconds = defaultAgentSeconds): Promise<JsonValue> {
    return (await this.send({ execute: command, ...(args === undefined ? {} : { arguments: args }) }, seconds)).value;
  }

  /** A whole command; the answer with its text. */
  send(command: JsonObject, seconds = defaultAgentSeconds): Promise<AgentAnswer> {
    return this.#turns.run('commands', () => this.#run(command, seconds));
  }

  /** The guest closed its end: the next command starts with a handshake. */
  desync(): void {
    this.#waiting?.end.reject(new AgentError('gone', 'Guest agent disappeared while executing command'));
    this.#synced = false;
  }

  close(): void {
    this.#socket.destroy();
  }

  async #run(command: JsonObject, seconds: number): Promise<AgentAnswer> {
    if (this.closed) throw new AgentError('unresponsive', 'QEMU guest agent is not connected');
    if (!this.#synced) await this.#sync(seconds);
    const answer = await this.#exchange(jsonText(command), seconds, () => commandTimeout(seconds));
    if (answer instanceof AgentError) throw refused(command, answer);
    return answer;
  }

  async #sync(seconds: number): Promise<void> {
    const id = randomInt(1, 2 ** 47);
    this.#reader.reset();
    const answer = await this.#exchange(
      `\xff${jsonText({ execute: 'guest-sync', arguments: { id } })}`,
      seconds,
      () => syncTimeout(seconds),
      (candidate) => !(candidate instanceof AgentError) && candidate.value === id,
    );
    if (answer instanceof AgentError) throw answer; // never accepted: the delimiter itself is answered with an error
    this.#synced = true;
  }

  /** Writes, and waits for the first answer that `accept` takes; others were for earlier, forgotten commands. */
  async #exchange(
    text: string,
    seconds: number,
    timeout: () => AgentError,
    accept: (answer: AgentAnswer | AgentError) => boolean = () => true,
  ): Promise<AgentAnswer | AgentError> {
    const end = deferred<AgentAnswer | AgentError>();
    const timer = seconds > 0 ? setTimeout(() => this.#timeOut(timeout()), seconds * 1000) : undefined;
    this.#waiting = { accept, end };
    this.#socket.write(encoded(text));
    try {
      return await end.promise;
    } finally {
      clearTimeout(timer);
      this.#waiting = undefined;
    }
  }

  #timeOut(cause: AgentError): void {
    this.#synced = false;
    this.#waiting?.end.reject(cause);
  }

  #receive(chunk: Buffer): void {
    try {
      for (const line of this.#reader.push(chunk)) this.#take(line);
    } catch {
      this.#socket.destroy(); // a line without end: no agent any more
    }
  }

  #take(line: string): void {
    const answer = readAnswer(line);
    if (answer !== undefined && this.#waiting?.accept(answer) === true) this.#waiting.end.resolve(answer);
  }
}

/** The delimiter is one byte 0xff, the rest UTF-8. */
function encoded(text: string): Buffer {
  return text.startsWith('\xff')
    ? Buffer.concat([Buffer.from([0xff]), Buffer.from(`${text.slice(1)}\n`)])
    : Buffer.from(`${text}\n`);
}

/** Lines that are no answer (what an agent left half-written before the handshake) are passed over. */
function readAnswer(line: string): AgentAnswer | AgentError | undefined {
  const text = line.replace(/^[^{]*/, '');
  const value = parsed(text);
  if (!isRecord(value)) return undefined;
  if ('return' in value) return { value: value['return'] as JsonValue, text };
  const error = value['error'];
  if (!isRecord(error)) return undefined;
  const [desc, failureClass] = [error['desc'], error['class']];
  return new AgentError(
    'failed',
    typeof desc === 'string' ? desc : 'unknown error',
    typeof failureClass === 'string' ? failureClass : 'GenericError',
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function refused(command: JsonObject, answer: AgentError): AgentError {
  const name = typeof command['execute'] === 'string' ? command['execute'] : 'command';
  return new AgentError(
    'failed',
    `unable to execute QEMU agent command '${name}': ${answer.message}`,
    answer.failureClass,
  );
}

const commandTimeout = (seconds: number): AgentError =>
  new AgentError('timeout', `guest agent didn't respond to command within '${seconds}' seconds`);
const syncTimeout = (seconds: number): AgentError =>
  new AgentError('unresponsive', `guest agent didn't respond to synchronization within '${seconds}' seconds`);
