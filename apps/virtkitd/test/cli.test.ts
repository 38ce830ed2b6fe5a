import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { silentLogger } from '@virtkit/core/testing';
import { Daemon } from '@virtkit/daemon';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type InMemoryCli, inMemoryCli, said } from './in-memory-cli.js';

/** Verbs of the CLI. */
let cli: InMemoryCli;
let folder = '';
beforeAll(async () => {
  cli = await inMemoryCli();
  folder = cli.folder;
});
afterAll(() => cli[Symbol.asyncDispose]());
const virtkit = (...words: readonly string[]) => cli.virtkit(...words);

const kinds = [
  {
    noun: 'Network',
    verb: 'net',
    option: 'network',
    xml: (name: string, uuid: string) =>
      `<network><name>${name}</name><uuid>${uuid}</uuid><bridge name='virbr7'/></network>`,
  },
  {
    noun: 'Pool',
    verb: 'pool',
    option: 'pool',
    xml: (name: string, uuid: string) =>
      `<pool type='dir'><name>${name}</name><uuid>${uuid}</uuid><target><path>/virtkit/${name}</path></target></pool>`,
  },
] as const;
const uuid = '4dea22b3-1d52-d8f3-2516-782e98ab3fa0';

test.each(kinds)(
  'a $noun is defined from a file, found by name and uuid, started, marked and taken away',
  async (kind) => {
    const { noun, verb, xml } = kind;
    const file = join(folder, `${verb}.xml`);
    await writeFile(file, xml('one', uuid));
    expect((await virtkit(`${verb}-define`, file)).out).toBe(`${noun} one defined from ${file}\n\n`);
    expect((await virtkit(`${verb}-uuid`, 'one')).out).toBe(`${uuid}\n\n`);
    expect((await virtkit(`${verb}-name`, uuid.toUpperCase())).out).toBe('one\n\n');
    expect((await virtkit(`${verb}-start`, uuid)).out).toBe(`${noun} one started\n\n`);
    expect((await virtkit(`${verb}-autostart`, 'one', '--disable')).out).toBe(
      `${noun} one unmarked as autostarted\n\n`,
    );
    expect((await virtkit(`${verb}-list`, '--all', '--name')).out).toContain('one\n');
    expect((await virtkit(`${verb}-list`, '--inactive', '--name')).out).not.toContain('one\n');
    expect((await virtkit(`${verb}-destroy`, 'one')).out).toBe(`${noun} one destroyed\n\n`);
    expect((await virtkit(`${verb}-undefine`, 'one')).out).toBe(`${noun} one has been undefined\n\n`);
  },
);

test.each(kinds)('a $noun whose name looks like a uuid is found by it', async ({ verb, xml }) => {
  const file = join(folder, `${verb}-named.xml`);
  const name = '00000000-0000-4000-8000-00000000000f';
  await writeFile(file, xml(name, uuid));
  await virtkit(`${verb}-define`, file);
  expect((await virtkit(`${verb}-uuid`, name)).out).toBe(`${uuid}\n\n`);
  await virtkit(`${verb}-undefine`, name);
});

test.each(kinds)(
  'a $noun that is not there is told with the words of the command and of the daemon',
  async ({ verb, option }) => {
    const { code, error } = await virtkit(`${verb}-start`, 'none');
    expect(code).toBe(1);
    expect(error).toMatch(new RegExp(`^error: failed to get ${option} 'none'\\nerror: .* not found`, 'i'));
  },
);

test('a file that is not there is named', async () => {
  const { code, error } = await virtkit('net-define', '/nonexistent/net.xml');
  expect(code).toBe(1);
  expect(error).toBe("error: Failed to open file '/nonexistent/net.xml': No such file or directory\n");
});

test('net-update takes the words of libvirt as they are spelt', async () => {
  const file = join(folder, 'updated.xml');
  await writeFile(file, kinds[0].xml('updated', uuid));
  await virtkit('net-define', file);
  const update = (...words: readonly string[]) => virtkit('net-update', 'updated', ...words);
  expect(await update('addlast', 'dns-host', '<host/>')).toMatchObject({
    code: 2,
    error: "error: unrecognized command name 'addlast'\n",
  });
  expect(await update('add', 'dnshost', '<host/>')).toMatchObject({
    code: 2,
    error: "error: unrecognized section name 'dnshost'\n",
  });
  const known = await update('add', 'dns-host', "<host ip='10.0.0.1'><hostname>a</hostname></host>", '--config');
  expect(known.error).not.toContain('unrecognized');
  await virtkit('net-undefine', 'updated');
});

test('a daemon that goes away is no domain that is off', async () => {
  const path = join(folder, 'other');
  const { kernel } = cli;
  const other = new Daemon({ kernel, logger: silentLogger, sockets: [{ path, role: 'read-write', mode: 0o600 }] });
  await other.listen();
  const waiting = said(['-c', `test+unix:///default?socket=${path}`, 'await', 'test', 'domain-inactive']);
  await sleep(300);
  await other.close();
  expect(await waiting).toMatchObject({ code: 1, error: expect.stringMatching(/^error: /) });
});

test('waiting for a domain to be inactive ends when it is off', async () => {
  await virtkit('destroy', 'test');
  expect(await virtkit('await', 'test', 'domain-inactive')).toEqual({ code: 0, out: '', error: '' });
});

test('a part of a document is found by XPath', async () => {
  await virtkit('start', 'test');
  expect((await virtkit('dumpxml', 'test', '--xpath', '/domain/name')).out).toBe('<name>test</name>\n\n');
  expect((await virtkit('dumpxml', 'test', '--xpath', '//disk/target', '--wrap')).out).toBe(
    '<nodes>\n  <target dev="vda" bus="virtio"/>\n</nodes>\n\n',
  );
  expect((await virtkit('net-dumpxml', 'default', '--xpath', '//name | /network/@x', '--json')).out).toBe(
    '[\n  "<name>default</name>"\n]\n',
  );
  expect(await virtkit('dumpxml', 'test', '--xpath', '//[')).toEqual({
    code: 2,
    out: '',
    error: "error: Invalid xpath '//[': not understood from character 3 on\n",
  });
  expect((await virtkit('dumpxml', 'test', '--xpath', '//disk/target/@*', '--wrap')).out).toBe(
    '<nodes dev="vda" bus="virtio"/>\n\n',
  );
});

test('processors of the host are told of, the time of the kernel as that of the system', async () => {
  const { out } = await virtkit('nodecpustats', '--json');
  expect(Object.keys(JSON.parse(out) as object)).toEqual(['user', 'system', 'idle', 'iowait']);
});

test('snapshots are drawn as a tree, narrowed to those below one, and the current one needs no name', async () => {
  for (const name of ['s1', 's2', 's3']) await virtkit('snapshot-create-as', 'test', name);
  expect((await virtkit('snapshot-list', 'test', '--tree')).out).toBe(
    's1\n  |\n  +- s2\n      |\n      +- s3\n        \n\n',
  );
  expect((await virtkit('snapshot-list', 'test', '--from', 's1', '--name')).out).toBe('s2\n\n');
  expect((await virtkit('snapshot-list', 'test', '--from', 's1', '--descendants', '--name')).out).toBe('s2\ns3\n\n');
  expect((await virtkit('snapshot-list', 'test', '--leaves', '--name')).out).toBe('s3\n\n');
  expect((await virtkit('snapshot-list', 'test', '--parent', '--json')).out).toContain('"parent": "s2"');
  expect((await virtkit('snapshot-list', 'test', '--tree', '--name')).error).toBe(
    'error: Options --tree and --name are mutually exclusive\n',
  );
  expect((await virtkit('snapshot-delete', 'test')).error).toBe('error: --snapshotname or --current is required\n');
  expect((await virtkit('snapshot-revert', 'test', 's2')).out).toBe('Domain snapshot s2 reverted\n');
  expect((await virtkit('snapshot-delete', 'test', '--current')).out).toBe('Domain snapshot s2 deleted\n\n');
  for (const name of ['s1', 's3']) await virtkit('snapshot-delete', 'test', name);
});

test('numbers of processors are asked for one by one', async () => {
  expect((await virtkit('vcpucount', 'test', '--maximum', '--config')).out).toBe('2\n\n');
  expect((await virtkit('vcpucount', 'test', '--current', '--active')).out).toBe('2\n\n');
  expect(await virtkit('vcpucount', 'test', '--live', '--config')).toMatchObject({
    code: 2,
    error: 'error: Options --live and --config are mutually exclusive\n',
  });
});

test('pools are listed by type, networks with their title', async () => {
  expect((await virtkit('pool-list', '--type', 'dir', '--name')).out).toBe('default-pool\n\n');
  expect((await virtkit('pool-list', '--type', 'disk,logical', '--name')).out).toBe('');
  expect((await virtkit('pool-list', '--type', 'tape')).error).toBe("error: Invalid pool type 'tape'\n");
  expect((await virtkit('net-list', '--title')).out).toMatch(/Persistent {3}Title\n/);
});

test('the volumes of a domain go with it where this is asked for', async () => {
  const file = join(folder, 'stored.xml');
  const disk = (source: string, target: string) =>
    `<disk type='file'><source file='${source}'/><target dev='${target}'/></disk>`;
  await virtkit('vol-create-as', 'default-pool', 'v', '1M');
  const path = (await virtkit('vol-path', 'v', 'default-pool')).out.trim();
  await writeFile(
    file,
    `<domain type='test'><name>stored</name><memory>1000</memory><os><type>hvm</type></os><devices>
    ${disk(path, 'vda')}${disk('/nowhere', 'vdb')}</devices></domain>`,
  );
  await virtkit('define', file);
  expect((await virtkit('undefine', 'stored', '--storage', 'vda,vdz')).error).toBe(
    "error: Volume 'vdz' was not found in domain's definition.\n",
  );
  expect((await virtkit('undefine', 'stored', '--wipe-storage')).error).toContain("'--wipe-storage' requires");
  expect((await virtkit('undefine', 'test', '--remove-all-storage')).error).toBe(
    'error: Storage volume deletion is supported only on stopped domains\n',
  );
  expect(await virtkit('undefine', 'stored', '--remove-all-storage')).toEqual({
    code: 1,
    out: `Domain 'stored' has been undefined\nVolume 'vda'(${path}) removed.\n\n`,
    error: "error: Storage volume 'vdb'(/nowhere) is not managed by libvirt. Remove it manually.\n",
  });
  expect((await virtkit('vol-list', 'default-pool')).out).not.toContain(path);
});

test.each([
  ['lsit', "error: unknown command: 'lsit'; did you mean list?\n"],
  ['-x', "error: unsupported option '-x'\nhint: virtkit --help shows what there is\n"],
  [
    'dumpxml test --inactve',
    "error: command 'dumpxml' doesn't support option --inactve; did you mean --inactive?\nhint: virtkit dumpxml <domain> [OPTION...]; all options: virtkit help dumpxml\n",
  ],
  [
    'domrename test',
    "error: command 'domrename' requires <new-name> option\nhint: virtkit domrename <domain> <new-name>; all options: virtkit help domrename\n",
  ],
  [
    'list --all=1',
    "error: invalid '=' after option --all\nhint: virtkit list [OPTION...]; all options: virtkit help list\n",
  ],
  ['help domstat', "error: command or command group 'domstat' doesn't exist; did you mean domstate or domstats?\n"],
])('%s is a mistake, and what is right is told', async (words, error) => {
  expect(await virtkit(...words.split(' '))).toEqual({ code: 2, out: '', error });
});

test('a wrong unit is told with those that are right', async () => {
  const { code, error } = await virtkit('setmem', 'test', '10x');
  expect(code).toBe(2);
  expect(error).toMatch(/^error: Scaled numeric value '10x' .*\nhint: a number, and maybe a unit: KiB/);
});

test('the name of an object that is not there is told with those like it', async () => {
  expect((await virtkit('start', 'tset')).error).toMatch(/\nhint: did you mean 'test'\?\n$/);
  expect((await virtkit('start', 'something')).error).toMatch(
    /\nhint: virtkit list --all shows those that are there\n$/,
  );
  expect((await virtkit('net-start', 'defualt')).error).toMatch(/\nhint: did you mean 'default'\?\n$/);
});

test('a document of another thing is told with the verb that takes it', async () => {
  const file = join(folder, 'thing.xml');
  await writeFile(file, kinds[0].xml('thing', uuid));
  expect((await virtkit('define', file)).error).toMatch(
    /\nhint: this is the document of a network: virtkit net-define FILE/,
  );
});

test('a daemon that is not there is told with how to start it', async () => {
  const { code, error } = await said(['--root', '/nonexistent', 'list']);
  expect(code).toBe(1);
  expect(error).toMatch(/^error: no daemon runs below .*\nhint: start it with virtkitd --root '\/nonexistent'\n$/);
});
