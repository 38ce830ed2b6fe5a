import { asList, asObject, asTexts, textOf } from './answers.js';
import type { FlagRule, ProbeFact } from './flag-rules.js';
import type { QemuFlag } from './flags.js';
import { flagTable, qemuFlags } from './flags.js';
import { machineTypes } from './machines.js';
import type { ProbeReplies } from './probe-replies.js';
import { QmpSchema } from './schema-path.js';

interface FactsOfProbe {
  readonly arch: string;
  readonly version: number;
  readonly accelerated: 'kvm' | 'hvf' | undefined;
  readonly sev: boolean;
  readonly sgx: boolean;
}

type Properties = ReadonlyMap<string, unknown>;

/** Everything the flag rules look at, each read from the answers once. */
class Evidence {
  readonly #replies: ProbeReplies;
  readonly #facts: FactsOfProbe;
  readonly #schema: QmpSchema;
  readonly #objects: ReadonlySet<string>;
  readonly #migration: ReadonlySet<string>;
  readonly #options: ReadonlyMap<string, ReadonlySet<string>>;
  readonly #properties = new Map<string, Properties>();

  constructor(replies: ProbeReplies, facts: FactsOfProbe) {
    this.#replies = replies;
    this.#facts = facts;
    this.#schema = new QmpSchema(replies.answer('query-qmp-schema'));
    this.#objects = new Set(asList(replies.answer('qom-list-types')).map((entry) => textOf(entry['name']) ?? ''));
    this.#migration = new Set(
      asList(replies.answer('query-migrate-capabilities')).map((entry) => textOf(entry['capability']) ?? ''),
    );
    this.#options = new Map(
      asList(replies.answer('query-command-line-options')).map((entry) => [
        textOf(entry['option']) ?? '',
        namesOf(entry['parameters']),
      ]),
    );
  }

  holds(rule: FlagRule): boolean {
    return this.#facts.version >= (rule.since ?? 0) && this.#shows(rule);
  }

  #shows(rule: FlagRule): boolean {
    switch (rule.by) {
      case 'command':
        return this.#schema.hasCommand(rule.name);
      case 'migration':
        return this.#migration.has(rule.capability);
      case 'object':
        return this.#objects.has(rule.type);
      case 'schema':
        return this.#schema.has(rule.path);
      case 'option':
        return rule.parameter === undefined
          ? this.#options.has(rule.option)
          : this.#options.get(rule.option)?.has(rule.parameter) === true;
      case 'property':
        return this.#hasProperty(rule.type, rule.property, rule);
      case 'machine':
        return this.#hasProperty(this.#machineType(rule.machine), rule.property);
      case 'cpu':
        return (
          rule.architectures.includes(this.#facts.arch) &&
          this.#hasProperty(maxCpuType(this.#facts.arch), rule.property)
        );
      case 'fact':
        return this.#isFact(rule.fact);
    }
  }

  #isFact(fact: ProbeFact): boolean {
    switch (fact) {
      case 'kvm':
      case 'hvf':
        return this.#facts.accelerated === fact;
      case 'sev':
        return this.#facts.sev && this.#objects.has('sev-guest');
      case 'sev-snp':
        return this.#facts.sev && this.#objects.has('sev-snp-guest');
      case 'sgx':
        return this.#facts.sgx;
      case 'x86':
        return isX86(this.#facts.arch);
      case 'sparc':
        return this.#facts.arch === 'sparc';
      case 'tpm-passthrough':
        return this.#hasTpm('passthrough');
      case 'tpm-emulator':
        return this.#hasTpm('emulator');
      case 'max-cpu':
        return asList(this.#replies.answer('query-cpu-definitions')).some((entry) => entry['name'] === 'max');
    }
  }

  /** A back end without any front end is of no use. */
  #hasTpm(type: string): boolean {
    const models = asTexts(this.#replies.answer('query-tpm-models'));
    return models.length > 0 && asTexts(this.#replies.answer('query-tpm-types')).includes(type);
  }

  #hasProperty(type: string, name: string, rule?: { readonly default?: unknown }): boolean {
    const properties = this.#propertiesOf(type);
    if (!properties.has(name)) return false;
    return rule === undefined || !('default' in rule) || properties.get(name) === rule.default;
  }

  #propertiesOf(type: string): Properties {
    const known = this.#properties.get(type);
    if (known !== undefined) return known;
    const args = { typename: type };
    const answer =
      this.#replies.answer('device-list-properties', args) ?? this.#replies.answer('qom-list-properties', args);
    const properties = new Map(asList(answer).map((entry) => [textOf(entry['name']) ?? '', entry['default-value']]));
    this.#properties.set(type, properties);
    return properties;
  }

  /** A machine named by alias is a type under its full name. */
  #machineType(name: string): string {
    const machine = machineTypes(this.#replies.answer('query-machines')).find((entry) => entry.alias === name);
    return name === 'generic-pc-machine' ? name : `${machine?.name ?? name}-machine`;
  }
}

const namesOf = (value: unknown): ReadonlySet<string> =>
  new Set(asList(value).map((entry) => textOf(asObject(entry)?.['name']) ?? ''));

const isX86 = (arch: string): boolean => arch === 'x86_64' || arch === 'i686';

/** The QOM type of the CPU model `max`. */
const maxCpuType = (arch: string): string =>
  isX86(arch) ? `max-${arch === 'i686' ? 'i386' : arch}-cpu` : 'max-arm-cpu';

/** The capability flags that the answers show. */
export function flagSet(replies: ProbeReplies, facts: FactsOfProbe): ReadonlySet<QemuFlag> {
  const evidence = new Evidence(replies, facts);
  return new Set(qemuFlags.filter((flag) => flagTable[flag].some((rule: FlagRule) => evidence.holds(rule))));
}
