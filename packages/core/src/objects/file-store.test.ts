import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { DurableFiles, Logger } from '../contract/services.js';
import type { ObjectKind } from '../contract/state.js';
import { FileStore } from './file-store.js';

interface Guest {
  readonly name: string;
  readonly uuid: string;
  readonly memory?: number;
}
interface Process {
  readonly pid: number;
}

const files: DurableFiles = {
  async write(path, content) {
    await writeFile(`${path}.new`, content, { mode: 0o600 });
    await rename(`${path}.new`, path);
  },
  async stage(path, content) {
    const staged = join(dirname(path), `.${basename(path)}.1-1.tmp`);
    await writeFile(staged, content, { mode: 0o600 });
    return { commit: () => rename(staged, path), discard: () => rm(staged) };
  },
  remove: (path) => rm(path, { force: true }),
  link: (path, target) => symlink(target, path),
};
const noSpace = (): Promise<never> => Promise.reject(new Error('No space left on device'));
const logger: Logger = { debug() {}, info() {}, warning() {}, error() {}, child: () => logger };
const call = { signal: new AbortController().signal };

let parses = 0;
const kind: ObjectKind<Guest, Process> = {
  what: 'domain',
  origin: 'TEST',
  directory: 'guests',
  statusDirectory: 'guests',
  numbered: true,
  nameOf: ({ name }) => name,
  uuidOf: ({ uuid }) => uuid,
  parse(text) {
    parses += 1;
    return JSON.parse(text.replace(/<!--[\s\S]*?-->/, '')) as Guest;
  },
  format: (guest) => JSON.stringify(guest),
  formatStatus: (object) => JSON.stringify({ definition: object.current(), runtime: object.runtime, id: object.id }),
  parseStatus: (text) => JSON.parse(text) as { definition: Guest; runtime: Process; id: number },
};
const guest = (number: number, name = `guest${number}`): Guest => ({
  name,
  uuid: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
});

describe('the store of objects', () => {
  let root: string;
  const opened: FileStore<Guest, Process>[] = [];
  const path = (...parts: string[]): string => join(root, ...parts);
  const open = async (through: DurableFiles = files): Promise<FileStore<Guest, Process>> => {
    const directories = {
      config: path('etc'),
      state: path('lib'),
      run: path('run'),
      log: path('log'),
      cache: path('cache'),
    };
    const store = new FileStore(kind, { directories, files: through, logger });
    opened.push(store);
    await store.load();
    return store;
  };
  /** Files are noted a moment after they were written. */
  const noted = (name: string) =>
    vi.waitFor(() => expect(readFileSync(path('cache/guests.index'), 'utf8')).toContain(`["${name}",`));
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'virtkit-store-'));
    parses = 0;
  });
  afterEach(() => {
    for (const store of opened.splice(0)) store.close();
    rmSync(root, { recursive: true, force: true });
  });

  it('finds what was defined again after a restart, by name and uuid, without parsing it', async () => {
    const store = await open();
    await store.define({ ...guest(1), memory: 5 });
    await store.setAutostart(store.byName('guest1')!, true);
    await noted('guest1');
    parses = 0;
    const again = await open();
    expect(again.byUuid(guest(1).uuid)).toMatchObject({
      name: 'guest1',
      persistent: true,
      active: false,
      autostart: true,
    });
    expect(parses).toBe(0);
    expect(again.byName('guest1')?.config()).toEqual({ ...guest(1), memory: 5 });
    expect(parses).toBe(1);
  });

  it('reads a file again that somebody changed', async () => {
    await (await open()).define(guest(1));
    await noted('guest1');
    writeFileSync(path('etc/guests/guest1.xml'), JSON.stringify({ ...guest(1), memory: 77 }));
    const again = await open();
    expect(parses).toBe(1);
    expect(again.byName('guest1')?.config()?.memory).toBe(77);
  });

  it('takes no file for its own that somebody changed before it was noted', async () => {
    const store = await open();
    await store.define(guest(1));
    await sleep(20);
    writeFileSync(path('etc/guests/guest1.xml'), JSON.stringify({ ...guest(1), memory: 77 }));
    await store.define(guest(2));
    await noted('guest2');
    await open();
    expect(parses).toBe(1);
  });

  it('notes what it wrote before it ends, and nothing afterwards', async () => {
    const store = await open();
    await store.define(guest(1));
    store.close();
    expect(readFileSync(path('cache/guests.index'), 'utf8')).toContain('["guest1",');
    await store.define(guest(2));
    await sleep(150);
    expect(readFileSync(path('cache/guests.index'), 'utf8')).not.toContain('["guest2",');
    const again = await open();
    expect([...again.all()].map(({ name }) => name)).toEqual(['guest1', 'guest2']);
  });

  it('writes nothing where a definition changes nothing, and again where somebody touched the file', async () => {
    const store = await open();
    await store.define(guest(2));
    const write = vi.spyOn(files, 'write');
    onTestFinished(() => write.mockRestore());
    await noted('guest2');
    const lines = () => readFileSync(path('cache/guests.index'), 'utf8').split('\n').length;
    const writes = async (memory: number): Promise<number> => {
      write.mockClear();
      const before = lines();
      await store.define({ ...guest(1), memory });
      const count = write.mock.calls.length;
      await vi.waitFor(() => expect(lines()).toBe(before + count));
      return count;
    };
    expect([await writes(5), await writes(5), await writes(6), await writes(6)]).toEqual([1, 0, 1, 0]);
    chmodSync(path('etc/guests/guest1.xml'), 0o644);
    expect([await writes(6), await writes(6)]).toEqual([1, 0]);
    const text = readFileSync(path('etc/guests/guest1.xml'), 'utf8');
    writeFileSync(path('etc/guests/guest1.xml'), text.replace('6', '7'));
    expect(await writes(6)).toBe(1);
    rmSync(path('etc/guests/guest1.xml'));
    expect(await writes(6)).toBe(1);
    expect(readFileSync(path('etc/guests/guest1.xml'), 'utf8')).toBe(text);
  });

  it('writes the header that names the command to use', async () => {
    await (await open()).define(guest(1));
    expect(readFileSync(path('etc/guests/guest1.xml'), 'utf8')).toContain(
      '\n  virsh edit guest1\nor other application',
    );
  });

  it('reports a broken file, leaves it alone and loads the others', async () => {
    await (await open()).define(guest(1));
    writeFileSync(path('etc/guests/broken.xml'), '{"name": ');
    const directories = {
      config: path('etc'),
      state: path('lib'),
      run: path('run'),
      log: path('log'),
      cache: path('cache'),
    };
    const store = new FileStore(kind, { directories, files, logger });
    const failures = await store.load();
    expect(failures.map((failure) => failure.path)).toEqual([path('etc/guests/broken.xml')]);
    expect([...store.all()].map(({ name }) => name)).toEqual(['guest1']);
    expect(readdirSync(path('etc/guests'))).toContain('broken.xml');
  });

  it.each(['.', '..', 'a/b', 'a\nb', '\u0007', ''])('refuses the name %j', async (name) => {
    await expect((await open()).define({ ...guest(1), name })).rejects.toMatchObject({ code: 27 });
  });

  it('refuses a name or uuid that belongs to another', async () => {
    const store = await open();
    await store.define(guest(1));
    await expect(store.define(guest(2, 'guest1'))).rejects.toThrow(
      `operation failed: domain 'guest1' already exists with uuid ${guest(1).uuid}`,
    );
    await expect(store.define(guest(1, 'other'))).rejects.toThrow(
      `operation failed: domain 'guest1' is already defined with uuid ${guest(1).uuid}`,
    );
  });

  it('lets only one of two definitions of a name at once through', async () => {
    const store = await open();
    const outcomes = await Promise.allSettled([store.define(guest(1, 'same')), store.define(guest(2, 'same'))]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  });

  it('finds running objects again with their number, and goes on counting', async () => {
    const store = await open();
    await store.define(guest(1));
    await store.activate(guest(1), { transient: false, runtime: { pid: 100 } });
    const second = await store.activate(guest(2), { transient: true, runtime: { pid: 200 } });
    expect(second.id).toBe(2);
    await store.deactivate(second);
    expect(store.byName('guest2')).toBeUndefined();
    const again = await open();
    expect(again.byId(1)).toMatchObject({ name: 'guest1', active: true, persistent: true, runtime: { pid: 100 } });
    expect((await again.activate(guest(3), { transient: true, runtime: { pid: 300 } })).id).toBe(3);
  });

  it('makes an active object transient when it is undefined, and forgets it when it stops', async () => {
    const store = await open();
    await store.define(guest(1));
    const object = await store.activate(guest(1), { transient: false, runtime: { pid: 1 } });
    await store.undefine(object);
    expect(object).toMatchObject({ active: true, persistent: false });
    await store.deactivate(object);
    expect([...store.all()]).toEqual([]);
  });

  it('renames with file, link and look-up', async () => {
    const store = await open();
    const object = await store.define(guest(1));
    await store.setAutostart(object, true);
    await store.rename(object, guest(1, 'renamed'));
    expect(store.byName('guest1')).toBeUndefined();
    expect(store.byName('renamed')).toBe(object);
    const again = await open();
    expect(again.byName('renamed')).toMatchObject({ autostart: true });
    expect(readdirSync(path('etc/guests')).toSorted()).toEqual(['autostart', 'renamed.xml']);
  });

  it('finishes a rename that was cut off after the new document was written', async () => {
    const store = await open();
    await store.setAutostart(await store.define(guest(1)), true);
    writeFileSync(path('etc/guests/renamed.xml'), JSON.stringify(guest(1, 'renamed')));
    writeFileSync(path(`etc/guests/.rename-${guest(1).uuid}`), JSON.stringify({ from: 'guest1', to: 'renamed' }));
    const again = await open();
    expect([...again.all()].map(({ name, autostart }) => [name, autostart])).toEqual([['renamed', true]]);
  });

  it('takes a rename back whose link cannot be made', async () => {
    let full = false;
    const link: DurableFiles['link'] = (...args) => (full ? noSpace() : files.link(...args));
    const store = await open({ ...files, link });
    const object = await store.define(guest(1));
    await store.setAutostart(object, true);
    full = true;
    await expect(store.rename(object, guest(1, 'renamed'))).rejects.toThrow('No space left');
    expect(store.byName('guest1')).toBe(object);
    const again = await open();
    expect([...again.all()].map(({ name, autostart }) => [name, autostart])).toEqual([['guest1', true]]);
    expect(readdirSync(path('etc/guests')).toSorted()).toEqual(['autostart', 'guest1.xml']);
  });

  it('forgets a rename that was cut off before, half-written files and links to nothing', async () => {
    const store = await open();
    await store.define(guest(1));
    writeFileSync(path(`etc/guests/.rename-${guest(1).uuid}`), JSON.stringify({ from: 'guest1', to: 'renamed' }));
    writeFileSync(path('etc/guests/.guest9.xml.123-4.tmp'), 'half');
    mkdirSync(path('etc/guests/autostart'), { recursive: true });
    symlinkSync(path('etc/guests/gone.xml'), path('etc/guests/autostart/gone.xml'));
    await open();
    expect(readdirSync(path('etc/guests')).toSorted()).toEqual(['autostart', 'guest1.xml']);
    expect(readdirSync(path('etc/guests/autostart'))).toEqual([]);
  });

  it.each(['updateLive', 'noteLive'] as const)(
    'knows after a status that cannot be written what %s says',
    async (how) => {
      let full = false;
      const write: DurableFiles['write'] = (...args) => (full ? noSpace() : files.write(...args));
      const store = await open({ ...files, write });
      const object = await store.activate(guest(1), { transient: true, runtime: { pid: 1 } });
      full = true;
      await expect(store[how](object, { definition: guest(1), runtime: { pid: 2 } })).rejects.toThrow('No space');
      expect(object.runtime).toEqual({ pid: how === 'updateLive' ? 1 : 2 });
    },
  );

  it('defines nothing whose other half failed, and leaves nothing of it', async () => {
    const store = await open();
    await store.define(guest(1));
    await expect(store.defineAfter({ ...guest(1), memory: 5 }, noSpace)).rejects.toThrow('No space');
    expect(store.byName('guest1')?.config()?.memory).toBeUndefined();
    expect(readdirSync(path('etc/guests'))).toEqual(['guest1.xml']);
    await store.defineAfter({ ...guest(1), memory: 5 }, async () => undefined);
    expect((await open()).byName('guest1')?.config()?.memory).toBe(5);
  });

  it.each(['before', 'after'] as const)(
    'a crash %s the live half is written leaves both halves alike',
    async (when) => {
      const store = await open();
      const object = await store.define(guest(1));
      await store.activate(object.current(), { transient: false, runtime: { pid: 1 } });
      const live = { ...guest(1), memory: 5 };
      // The daemon is gone where the second half would begin: this promise stays open.
      void store.defineAfter(live, async () => {
        await store.noteLive(object, { runtime: { pid: 2 } });
        if (when === 'after') await store.updateLive(object, { definition: live });
        await new Promise(() => undefined);
      });
      await vi.waitFor(() =>
        expect(readFileSync(path('run/guests/guest1.xml'), 'utf8').includes('"memory":5')).toBe(when === 'after'),
      );
      await vi.waitFor(() => expect(readFileSync(path('run/guests/guest1.xml'), 'utf8')).toContain('"pid":2'));
      const again = (await open()).byName('guest1');
      expect([again?.current().memory, again?.config()?.memory]).toEqual(
        when === 'after' ? [5, 5] : [undefined, undefined],
      );
      expect(readdirSync(path('etc/guests'))).toEqual(['guest1.xml']);
    },
  );

  it('does the other half also of a definition that changes nothing', async () => {
    const store = await open();
    await store.define(guest(1));
    const act = vi.fn(async () => undefined);
    await store.defineAfter(guest(1), act);
    expect(act).toHaveBeenCalledOnce();
  });

  it('raises the generation with every change', async () => {
    const store = await open();
    const object = await store.define(guest(1));
    const seen = [object.generation];
    await store.setAutostart(object, true);
    seen.push(object.generation);
    await store.activate(guest(1), { transient: false, runtime: { pid: 1 } });
    seen.push(object.generation);
    await store.updateLive(object, { runtime: { pid: 2 } });
    seen.push(object.generation);
    store.touch(object);
    seen.push(object.generation);
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('tells an object from a former one with the same UUID', async () => {
    const store = await open();
    const former = await store.define(guest(1));
    await store.undefine(former);
    const later = await store.define({ ...guest(1), memory: 2 });
    expect(later.generation).not.toBe(former.generation);
    expect(later.current()).toMatchObject({ memory: 2 });
  });

  it('tells a job whose object vanished while it waited', async () => {
    const store = await open();
    const object = await store.define(guest(1));
    const first = store.run(object, 'modify', call, () => store.undefine(object));
    await expect(store.run(object, 'modify', call, async () => 'late')).rejects.toMatchObject({
      code: 42,
      origin: 12,
      message: `Domain not found: no domain with matching uuid '${guest(1).uuid}' (guest1)`,
    });
    await first;
  });
});

describe('a store under simultaneous changes', () => {
  let root: string;
  let slow: DurableFiles;
  let writes: string[];
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'virtkit-store-'));
    writes = [];
    let first = true;
    // The first write takes longest, so that a later one would overtake it.
    slow = {
      ...files,
      write: async (path, content) => {
        const wait = first ? 30 : 1;
        first = false;
        await new Promise((resolve) => setTimeout(resolve, wait));
        writes.push(path);
        await files.write(path, content);
      },
    };
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));
  const open = async (): Promise<FileStore<Guest, Process>> => {
    const directories = {
      config: join(root, 'etc'),
      state: root,
      run: join(root, 'run'),
      log: root,
      cache: join(root, 'cache'),
    };
    for (const folder of ['etc/guests', 'run/guests']) mkdirSync(join(root, folder), { recursive: true });
    const store = new FileStore(kind, { directories, files: slow, logger });
    await store.load();
    return store;
  };

  it('keeps in memory what is on disk', async () => {
    const store = await open();
    await Promise.all([store.define({ ...guest(1), memory: 1 }), store.define({ ...guest(1), memory: 2 })]);
    const onDisk = kind.parse(readFileSync(join(root, 'etc/guests/guest1.xml'), 'utf8'), '');
    expect(store.byName('guest1')?.config()).toEqual({ ...guest(1), memory: 2 });
    expect(onDisk.memory).toBe(2);
  });

  it('writes a status once for changes that come faster than the disk, and the newest', async () => {
    const store = await open();
    const starting = store.activate(guest(1), { transient: true, runtime: { pid: 0 } });
    const object = store.byName('guest1')!;
    await Promise.all([starting, ...[1, 2, 3, 4].map((pid) => store.updateLive(object, { runtime: { pid } }))]);
    expect(writes).toHaveLength(2);
    expect(readFileSync(join(root, 'run/guests/guest1.xml'), 'utf8')).toContain('"pid":4');
  });

  it('leaves no status behind when an object stops while one is written', async () => {
    const store = await open();
    const starting = store.activate(guest(1), { transient: true, runtime: { pid: 0 } });
    const object = store.byName('guest1')!;
    await Promise.all([starting, store.updateLive(object, { runtime: { pid: 1 } }), store.deactivate(object)]);
    expect(readdirSync(join(root, 'run/guests')).filter((file) => file.endsWith('.xml'))).toEqual([]);
  });
});
