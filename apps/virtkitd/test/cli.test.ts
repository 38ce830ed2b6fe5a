import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { run } from '@virtkit/cli';
import { type Connection, connect } from '@virtkit/client';
import { createKernel } from '@virtkit/core';
import { refusingHost, silentLogger } from '@virtkit/core/testing';
import { Daemon } from '@virtkit/daemon';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pluginSources } from '../src/plugins.js';

/** Verbs of the CLI against a daemon with the hypervisor that runs in memory. */
const nowhere = '/nonexistent';
const directories = { config: nowhere, state: nowhere, run: nowhere, log: nowhere, cache: nowhere };
const kernel = createKernel({
  directories,
  logger: silentLogger,
  host: refusingHost,
  plugins: pluginSources(directories),
});
let folder = '';
let daemon: Daemon;
let uri = '';
/** What is in memory lives as long as somebody is connected. */
let keeper: Connection;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vk-cli-'));
  const path = join(folder, 'socket');
  daemon = new Daemon({ kernel, logger: silentLogger, sockets: [{ path, role: 'read-write', mode: 0o600 }] });
  await daemon.listen();
  uri = `test+unix:///default?socket=${encodeURIComponent(path)}`;
  keeper = await connect(uri);
});
afterAll(async () => {
  await keeper.close();
  await daemon.close();
  await kernel.close();
  await rm(folder, { recursive: true });
});

async function virtkit(...words: readonly string[]): Promise<{ out: string; error: string; code: number }> {
  const said = { out: '', error: '' };
  const terminal = {
    out: (text: string) => void (said.out += text),
    error: (text: string) => void (said.error += text),
  };
  return { code: await run(['-c', uri, ...words], terminal, { version: '1' }), ...said };
}

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
  const other = new Daemon({ kernel, logger: silentLogger, sockets: [{ path, role: 'read-write', mode: 0o600 }] });
  await other.listen();
  const said: string[] = [];
  const terminal = { out: (text: string) => void said.push(text), error: (text: string) => void said.push(text) };
  const words = ['-c', `test+unix:///default?socket=${path}`, 'await', 'test', 'domain-inactive'];
  const waiting = run(words, terminal, { version: '1' });
  await sleep(300);
  await other.close();
  expect(await waiting).toBe(1);
  expect(said.join('')).toMatch(/^error: /);
});

test('waiting for a domain to be inactive ends when it is off', async () => {
  await virtkit('destroy', 'test');
  expect(await virtkit('await', 'test', 'domain-inactive')).toEqual({ code: 0, out: '', error: '' });
});
