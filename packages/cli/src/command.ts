import type { Context } from './context.js';
import type { Output } from './output.js';

/** One option of a command. Those that take a value may be given by position, in the order of the table, unless named. */
export interface OptionRow {
  readonly name: string;
  readonly kind: 'flag' | 'text' | 'number';
  readonly summary: string;
  readonly required?: true;
  /** Takes all remaining positional words. */
  readonly rest?: true;
  /** Never given by position. */
  readonly named?: true;
  /** One letter. */
  readonly short?: string;
  /** What completion offers: names of objects. */
  readonly completes?: 'domain' | 'pool' | 'volume' | 'network' | 'snapshot' | 'file';
  /** What completion offers: the words it may be. */
  readonly words?: readonly string[];
}

/** One verb, as virsh has it. */
export interface Command {
  readonly name: string;
  readonly group: string;
  readonly summary: string;
  readonly aliases?: readonly string[];
  readonly options: readonly OptionRow[];
  run(context: Context, values: Values): Promise<Output>;
}

/** What the user gave, checked against the table. */
export class Values {
  readonly #given: ReadonlyMap<string, string | number | true | readonly string[]>;

  constructor(given: ReadonlyMap<string, string | number | true | readonly string[]>) {
    this.#given = given;
  }

  has(name: string): boolean {
    return this.#given.has(name);
  }
  flag(name: string): boolean {
    return this.#given.get(name) === true;
  }
  /** Undefined when it was not given. */
  optional(name: string): string | undefined {
    const value = this.#given.get(name);
    return typeof value === 'string' ? value : undefined;
  }
  /** Of a required option. */
  text(name: string): string {
    return this.optional(name) ?? '';
  }
  number(name: string): number | undefined {
    const value = this.#given.get(name);
    return typeof value === 'number' ? value : undefined;
  }
  list(name: string): readonly string[] {
    const value = this.#given.get(name);
    return Array.isArray(value) ? value : [];
  }
}

export const flag = (name: string, summary: string, more: Partial<OptionRow> = {}): OptionRow => ({
  name,
  kind: 'flag',
  summary,
  ...more,
});
export const text = (name: string, summary: string, more: Partial<OptionRow> = {}): OptionRow => ({
  name,
  kind: 'text',
  summary,
  ...more,
});
export const number = (name: string, summary: string, more: Partial<OptionRow> = {}): OptionRow => ({
  name,
  kind: 'number',
  summary,
  ...more,
});

/** The option nearly every domain command begins with. */
export const domainOption: OptionRow = {
  name: 'domain',
  kind: 'text',
  summary: 'domain name, id or uuid',
  required: true,
  completes: 'domain',
};
