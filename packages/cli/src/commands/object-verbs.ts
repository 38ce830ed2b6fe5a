import { bitsOf, listNetworksFlags } from '@virtkit/protocol';
import { attempt, readDocument } from '../attempt.js';
import { type Command, type OptionRow, flag, text, type Values } from '../command.js';
import type { Context } from '../context.js';
import { editDocument } from '../editing/edit-document.js';
import { firstFound, isUuid } from '../lookup.js';
import { bare, done, type Output, plain } from '../output.js';
import { editedOutput } from './edit.js';

export type Remote = Awaited<ReturnType<Context['connection']>>['remote'];

interface Handle {
  readonly name: string;
  readonly uuid: string;
}

/** One kind of object with a name and a uuid that can be defined, started and marked. */
export interface VerbObject<H extends Handle> {
  readonly group: string;
  readonly noun: 'network' | 'pool';
  /** What its verbs begin with. */
  readonly prefix: string;
  /** Number of the error for one that is not there. */
  readonly missing: number;
  byUuid(remote: Remote, uuid: string): Promise<H>;
  byName(remote: Remote, name: string): Promise<H>;
  setAutostart(remote: Remote, object: H, autostart: number): Promise<unknown>;
}

/** A verb that does something to one object and says so. */
export interface ActionRow<H> {
  readonly verb: string;
  readonly summary: string;
  /** What is said of a failure, before the name. */
  readonly failure: string;
  /** What is said of success, behind the name. */
  readonly success: string;
  readonly options?: readonly OptionRow[];
  run(remote: Remote, object: H, values: Values): Promise<unknown>;
}

/** How the stored definition of an object is got and given back. */
export interface EditRow<H> {
  readonly summary: string;
  read(remote: Remote, object: H): Promise<{ readonly xml: string }>;
  write(remote: Remote, xml: string): Promise<unknown>;
}

/** A verb that makes an object of a document in a file. */
export interface FileRow<H> {
  readonly verb: 'define' | 'create';
  readonly summary: string;
  readonly options?: readonly OptionRow[];
  run(remote: Remote, xml: string, values: Values): Promise<H>;
}

const participles = { define: 'defined', create: 'created' } as const;

/** The verbs that networks and pools have in common, in virsh's words. */
export class ObjectVerbs<H extends Handle> {
  readonly option: OptionRow;
  readonly #kind: VerbObject<H>;
  readonly #title: string;

  constructor(kind: VerbObject<H>) {
    const { noun } = kind;
    this.#kind = kind;
    this.#title = `${noun.charAt(0).toUpperCase()}${noun.slice(1)}`;
    this.option = { name: noun, kind: 'text', summary: `${noun} name or uuid`, required: true, completes: noun };
  }

  /** By uuid, then name. */
  async find(context: Context, words: string): Promise<H> {
    const { noun, missing, byUuid, byName } = this.#kind;
    const { remote } = await context.connection();
    const ways = [...(isUuid(words) ? [() => byUuid(remote, words.toLowerCase())] : []), () => byName(remote, words)];
    return attempt(`failed to get ${noun} '${words}'`, () => firstFound(missing, ways));
  }

  /** The one the command names. */
  named(context: Context, values: Values): Promise<H> {
    return this.find(context, values.text(this.#kind.noun));
  }

  action({ verb, summary, failure, success, options = [], run }: ActionRow<H>): Command {
    return this.#command(verb, summary, options, async (context, values) => {
      const object = await this.named(context, values);
      const { remote } = await context.connection();
      await attempt(`${failure} ${object.name}`, () => run(remote, object, values));
      return done(`${this.#title} ${object.name} ${success}`);
    });
  }

  edit({ summary, read, write }: EditRow<H>): Command {
    return this.#command('edit', summary, [], async (context, values) => {
      const object = await this.named(context, values);
      const { remote } = await context.connection();
      const document = {
        read: async () => (await read(remote, object)).xml,
        write: (xml: string) => write(remote, xml),
      };
      return editedOutput(`${this.#title} ${object.name}`, await editDocument(document, { validate: false }));
    });
  }

  autostart(): Command {
    const { noun, setAutostart } = this.#kind;
    const options = [flag('disable', 'disable autostarting')];
    return this.#command('autostart', `autostart a ${noun}`, options, async (context, values) => {
      const object = await this.named(context, values);
      const { remote } = await context.connection();
      const off = values.flag('disable');
      await attempt(`failed to mark ${noun} ${object.name}`, () => setAutostart(remote, object, off ? 0 : 1));
      return done(`${this.#title} ${object.name} ${off ? 'unmarked' : 'marked'} as autostarted`);
    });
  }

  fromFile({ verb, summary, options = [], run }: FileRow<H>): Command {
    const { group, noun, prefix } = this.#kind;
    return {
      name: `${prefix}-${verb}`,
      group,
      summary,
      options: [
        text('file', `file containing an XML ${noun} description`, { required: true, completes: 'file' }),
        ...options,
      ],
      run: async (context, values) => {
        const file = values.text('file');
        const xml = await readDocument(file);
        const { remote } = await context.connection();
        const object = await attempt(`Failed to ${verb} ${noun} from ${file}`, () => run(remote, xml, values));
        return done(`${this.#title} ${object.name} ${participles[verb]} from ${file}`, object);
      },
    };
  }

  uuid(): Command {
    const { noun } = this.#kind;
    return this.#command('uuid', `convert a ${noun} name to ${noun} UUID`, [], async (context, values) =>
      plain(`${(await this.named(context, values)).uuid}\n`),
    );
  }

  name(): Command {
    const { noun } = this.#kind;
    return this.#command('name', `convert a ${noun} UUID to ${noun} name`, [], async (context, values) =>
      plain(`${(await this.named(context, values)).name}\n`),
    );
  }

  #command(verb: string, summary: string, options: readonly OptionRow[], run: Command['run']): Command {
    const { group, prefix } = this.#kind;
    return { name: `${prefix}-${verb}`, group, summary, options: [this.option, ...options], run };
  }
}

/** Which networks or pools to list; the flags of both are the same. */
export function listFlags(values: Values): number {
  const inactive = values.flag('all') || values.flag('inactive');
  return bitsOf(listNetworksFlags, {
    inactive,
    active: values.flag('all') || !inactive,
    persistent: values.flag('persistent'),
    transient: values.flag('transient'),
    autostart: values.flag('autostart'),
    noAutostart: values.flag('no-autostart'),
  });
}

export const sortedByName = <H extends Handle>(objects: readonly H[]): readonly H[] =>
  [...objects].sort((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)));

/** Names or uuids alone, where these were asked for. */
export function wordsOnly(objects: readonly Handle[], values: Values): Output | undefined {
  if (!values.flag('name') && !values.flag('uuid')) return undefined;
  const words = objects.map(({ name, uuid }) => (values.flag('uuid') ? uuid : name));
  return bare(words.map((word) => `${word}\n`).join(''), words);
}
