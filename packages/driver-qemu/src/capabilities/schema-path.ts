/** One entry of the answer to `query-qmp-schema`. */
interface SchemaEntry {
  readonly name: string;
  readonly 'meta-type': string;
  readonly 'arg-type'?: string;
  readonly 'ret-type'?: string;
  readonly 'element-type'?: string;
  readonly tag?: string;
  readonly members?: readonly {
    readonly name?: string;
    readonly type: string;
    readonly features?: readonly string[];
  }[];
  readonly variants?: readonly { readonly case: string; readonly type: string }[];
  readonly values?: readonly string[];
  readonly features?: readonly string[];
}

/** What of an entry is looked at next. */
type Step = (entry: SchemaEntry, word: string, schema: QmpSchema) => SchemaEntry | boolean | undefined;

const featureStep: Step = (entry, word) => entry.features?.includes(word) ?? false;
const valueStep: Step = (entry, word) =>
  entry.values?.includes(word) ?? entry.members?.some((member) => member.name === word) ?? false;
const variantStep: Step = (entry, word, schema) =>
  schema.entry(entry.variants?.find((variant) => variant.case === word)?.type);
const memberStep: Step = (entry, word, schema) => {
  if (word === 'arg-type') return schema.entry(entry['arg-type']);
  if (word === 'ret-type') return schema.entry(entry['ret-type']);
  return schema.entry(entry.members?.find((member) => member.name === word)?.type);
};

const steps: Readonly<Record<string, Step>> = { $: featureStep, '^': valueStep, '+': variantStep };

/**
 * The schema of a QEMU's monitor. A path starts with a command or event and goes on with `arg-type`, `ret-type`,
 * a member's name, `+variant`, `^enumeration-value` or `$feature`, divided by slashes; arrays are passed through;
 * a member's `*` is not needed.
 */
export class QmpSchema {
  readonly #entries: ReadonlyMap<string, SchemaEntry>;

  constructor(answer: unknown) {
    const entries = Array.isArray(answer) ? (answer as readonly SchemaEntry[]) : []; // QEMU's own description of its types
    this.#entries = new Map(entries.map((entry) => [entry.name, entry]));
  }

  /** Whether a command exists. */
  hasCommand(name: string): boolean {
    return this.#entries.get(name)?.['meta-type'] === 'command';
  }

  /** An entry, the element type where it is an array. */
  entry(name: string | undefined): SchemaEntry | undefined {
    const found = name === undefined ? undefined : this.#entries.get(name);
    return found?.['meta-type'] === 'array' ? this.entry(found['element-type']) : found;
  }

  /** Whether something is at a path. */
  has(path: string): boolean {
    const [root, ...words] = path.split('/');
    let current: SchemaEntry | boolean | undefined = this.entry(root);
    for (const word of words) {
      if (typeof current !== 'object') return false;
      const special = steps[word.charAt(0)];
      current = special === undefined ? memberStep(current, word, this) : special(current, word.slice(1), this);
    }
    return current !== undefined && current !== false;
  }
}
