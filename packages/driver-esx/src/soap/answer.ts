import { readObject } from '@virtkit/xml';
import type { ManagedObject } from './envelope.js';

/** A part of an answer, read by asking for what should be there. Everything is text until it is asked for as something else. */
export class Answer {
  constructor(private readonly value: unknown) {}

  /** The body of an envelope. Throws for text that is none. */
  static fromEnvelope(text: string): Answer {
    return new Answer(readObject(text)).get('Envelope').get('Body');
  }

  get(name: string): Answer {
    return new Answer(isRecord(this.value) ? this.value[name] : undefined);
  }
  /** A path of names. */
  at(...names: readonly string[]): Answer {
    return names.reduce<Answer>((answer, name) => answer.get(name), this);
  }
  /** All elements of that name; one is a list too. */
  list(name: string): readonly Answer[] {
    const found = this.get(name).value;
    if (found === undefined) return [];
    return (Array.isArray(found) ? found : [found]).map((item) => new Answer(item));
  }
  /** What an array type holds, whatever its elements are called. */
  items(): readonly Answer[] {
    if (!isRecord(this.value)) return [];
    return Object.keys(this.value)
      .filter((name) => !name.startsWith('@') && name !== '#text')
      .flatMap((name) => this.list(name));
  }

  get exists(): boolean {
    return this.value !== undefined;
  }
  /** Undefined when the element is not there. */
  get text(): string | undefined {
    if (isRecord(this.value)) {
      const inner = this.value['#text'];
      return typeof inner === 'string'
        ? inner
        : Object.keys(this.value).every((key) => key.startsWith('@'))
          ? ''
          : undefined;
    }
    return typeof this.value === 'string' ? this.value : undefined;
  }
  get number(): number | undefined {
    const { text } = this;
    return text === undefined || text === '' ? undefined : Number(text);
  }
  get bigint(): bigint | undefined {
    const { text } = this;
    return text !== undefined && /^-?\d+$/.test(text) ? BigInt(text) : undefined;
  }
  get flag(): boolean {
    return this.text === 'true' || this.text === '1';
  }
  /** The type of a polymorphic value, or what a reference points to. */
  get type(): string {
    const type = isRecord(this.value) ? this.value['@type'] : undefined;
    return typeof type === 'string' ? type.replace(/^.*:/, '') : '';
  }
  get reference(): ManagedObject | undefined {
    const { text, type } = this;
    return text === undefined || text === '' ? undefined : { type, id: text };
  }
  /** Names of the elements inside. */
  get names(): readonly string[] {
    return isRecord(this.value) ? Object.keys(this.value).filter((key) => !key.startsWith('@')) : [];
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
