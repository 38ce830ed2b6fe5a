/** One QMP request of a capability probe. */
export interface ProbeCommand {
  readonly execute: string;
  readonly arguments?: Readonly<Record<string, unknown>>;
}

/** The answers of one QEMU process to the probe. */
export interface ProbeReplies {
  /** The value returned, or undefined when the command failed or was not sent. */
  answer(execute: string, args?: Readonly<Record<string, unknown>>): unknown;
}

const keyOf = (execute: string, args: unknown): string =>
  args === undefined ? execute : `${execute} ${JSON.stringify(args)}`;

/** Collects answers by request; the first answer to a request counts. */
export class ProbeRecord implements ProbeReplies {
  readonly #answers = new Map<string, unknown>();

  /** Notes the answer to a request; undefined stands for an error. */
  add(request: ProbeCommand, value: unknown): void {
    const key = keyOf(request.execute, request.arguments);
    if (!this.#answers.has(key)) this.#answers.set(key, value);
  }

  answer(execute: string, args?: Readonly<Record<string, unknown>>): unknown {
    return this.#answers.get(keyOf(execute, args));
  }
}

interface Reply {
  readonly return?: unknown;
}

/**
 * Reads a recorded dialogue: JSON documents separated by empty lines, a request followed by its reply.
 * Each `qmp_capabilities` starts a new process: the first with hardware acceleration if there was any, the second without.
 */
export function readDialogue(text: string): readonly ProbeRecord[] {
  const documents = text.split(/\n\n+/).filter((part) => part.trim() !== '');
  const records: ProbeRecord[] = [];
  for (let index = 0; index + 1 < documents.length; index += 2) {
    const request = JSON.parse(documents[index] ?? '') as ProbeCommand; // the recorder's own format
    const reply = JSON.parse(documents[index + 1] ?? '') as Reply;
    if (request.execute === 'qmp_capabilities') records.push(new ProbeRecord());
    records.at(-1)?.add(request, reply.return);
  }
  return records;
}
