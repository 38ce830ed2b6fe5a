import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type InMemoryCli, inMemoryCli } from './in-memory-cli.js';

let cli: InMemoryCli;
beforeAll(async () => {
  cli = await inMemoryCli();
  await define('carded', "<interface type='user'><mac address='52:54:00:00:00:05'/></interface>");
});
afterAll(() => cli[Symbol.asyncDispose]());
const virtkit = (...words: readonly string[]) => cli.virtkit(...words);

async function define(name: string, devices = ''): Promise<void> {
  const file = join(cli.folder, `${name}.xml`);
  await writeFile(
    file,
    `<domain type='test'><name>${name}</name><memory>1000</memory><os><type>hvm</type></os><devices>${devices}</devices></domain>`,
  );
  await virtkit('define', file);
}

/** An editor that is a shell command about the file `$1`. */
async function editWith(command: string): Promise<void> {
  const script = join(cli.folder, 'editor');
  await writeFile(script, `#!/bin/sh\n${command}\n`);
  await chmod(script, 0o755);
  vi.stubEnv('VISUAL', script);
}

describe('an editor', () => {
  test('changes the definition of a guest', async () => {
    await editWith(`sed -i 's/1000/2000/' "$1"`);
    expect(await virtkit('edit', 'carded')).toEqual({
      code: 0,
      out: "Domain 'carded' XML configuration edited.\n\n",
      error: '',
    });
    expect((await virtkit('dumpxml', 'carded', '--inactive')).out).toContain("<memory unit='KiB'>2000</memory>");
  });

  test('that changes nothing changes nothing', async () => {
    await editWith('true');
    expect((await virtkit('edit', 'carded')).out).toBe("Domain 'carded' XML configuration not changed.\n\n");
    expect((await virtkit('net-edit', 'default')).out).toBe('Network default XML configuration not changed.\n\n');
    expect((await virtkit('desc', 'carded', '--edit')).out).toBe('Domain description not changed\n');
  });

  test('that fails leaves everything as it was, and is named', async () => {
    await editWith('exit 3');
    const { code, error } = await virtkit('edit', 'carded');
    expect([code, error]).toEqual([1, expect.stringContaining('editor: command exited with non-zero status')]);
  });

  test('of a definition that is refused is told why, where nobody can be asked', async () => {
    await editWith(`echo '<domain>' >"$1"`);
    expect((await virtkit('edit', 'carded', '--skip-validate')).code).toBe(1);
    expect((await virtkit('dominfo', 'carded')).code).toBe(0);
  });

  test('is not trusted where somebody else changed the definition meanwhile', async () => {
    const done = join(cli.folder, 'done');
    await editWith(`touch '${done}.started'; while [ ! -e '${done}' ]; do sleep 0.05; done; echo >>"$1"`);
    const editing = virtkit('edit', 'carded');
    await vi.waitFor(() => chmod(`${done}.started`, 0o600));
    await virtkit('setmem', 'carded', '500', '--config');
    await writeFile(done, '');
    expect((await editing).error).toContain('the XML configuration was changed by another user');
  });

  test('writes descriptions', async () => {
    await editWith(`echo 'two words' >"$1"`);
    expect((await virtkit('desc', 'carded', '--title', '--edit')).out).toBe('Domain title updated successfully\n');
    expect((await virtkit('desc', 'carded', '--title')).out).toBe('two words\n');
  });
});

describe('the link of a card', () => {
  test('is up unless something else is said', async () => {
    const { out } = await virtkit('domif-getlink', 'carded', '52:54:00:00:00:05');
    expect(out).toBe('52:54:00:00:00:05 up\n');
  });

  test('is shown as it would be set', async () => {
    const words = ['domif-setlink', 'carded', '52:54:00:00:00:05', 'down', '--print-xml'];
    expect((await virtkit(...words)).out).toMatch(
      /^<interface type='user'>\n[^]*<link state='down'\/>\n *<\/interface>/,
    );
  });

  test.each([
    [['52:54:00:00:00:06', 'up'], 'error: Interface (mac: 52:54:00:00:00:06) not found.\n'],
    [['vnet7', 'up'], 'error: Interface (dev: vnet7) not found.\n'],
    [['52:54:00:00:00:05', 'sideways'], "error: invalid link state 'sideways'\n"],
  ])('%j is refused', async (words, error) => {
    expect(await virtkit('domif-setlink', 'carded', ...words)).toEqual({ code: 1, out: '', error });
  });
});

describe('displays', () => {
  test.each([
    ["<graphics type='vnc' port='5905'/>", 'vnc://localhost:5\n'],
    ["<graphics type='vnc' port='5905' listen='10.0.0.1'/>", 'vnc://10.0.0.1:5\n'],
    ["<graphics type='vnc' port='5905' listen='fe80::1'/>", 'vnc://[fe80::1]:5\n'],
    ["<graphics type='vnc' socket='/run/vnc'/>", 'vnc+unix:///run/vnc\n'],
    ["<graphics type='spice' port='5901' tlsPort='5902'/>", 'spice://localhost:5901?tls-port=5902\n'],
    ["<graphics type='rdp' port='3389'/>", 'rdp://localhost:3389\n'],
  ])('%s is reached at %s', async (graphics, uri) => {
    const name = `shown-${uri.replaceAll(/[^a-z0-9]/g, '-').trimEnd()}`;
    await define(name, graphics);
    await virtkit('start', name);
    expect((await virtkit('domdisplay', name)).out).toBe(uri);
  });

  test('that are not there are told of by their kind', async () => {
    await virtkit('start', 'carded');
    expect((await virtkit('domdisplay', 'carded')).error).toBe('error: No graphical display found\n');
    expect((await virtkit('domdisplay', 'carded', 'spice')).error).toBe(
      "error: No graphical display with type 'spice' found\n",
    );
    await virtkit('destroy', 'carded');
    expect((await virtkit('domdisplay', 'carded')).error).toBe('error: Domain is not running\n');
  });
});

test('events of networks and pools are listed by their names', async () => {
  expect((await virtkit('net-event', '--list')).out).toBe('lifecycle\nmetadata-change\n\n');
  expect((await virtkit('pool-event', '--list')).out).toBe('lifecycle\nrefresh\n\n');
  expect((await virtkit('net-event')).error).toBe('error: either --list or --event <type> is required\n');
  expect((await virtkit('pool-event', '--event', 'nope')).error).toBe('error: unknown event type nope\n');
});

test('the current snapshot, its facts and the one before it', async () => {
  expect((await virtkit('snapshot-current', 'test')).error).toBe("error: domain 'test' has no current snapshot\n");
  for (const name of ['one', 'two']) await virtkit('snapshot-create-as', 'test', name);
  expect((await virtkit('snapshot-current', 'test', '--name')).out).toBe('two\n\n');
  expect((await virtkit('snapshot-parent', 'test', 'two')).out).toBe('one\n\n');
  expect((await virtkit('snapshot-parent', 'test', 'one')).error).toBe("error: snapshot 'one' has no parent\n");
  expect((await virtkit('snapshot-info', 'test', '--current')).out).toMatch(
    /^Name: {11}two\nDomain: {9}test\nCurrent: {8}yes\n[^]*Parent: {9}one\nChildren: {7}0\n/,
  );
  for (const name of ['two', 'one']) await virtkit('snapshot-delete', 'test', name);
});

test.each([
  ['set-lifecycle-action carded sleep destroy', "error: Invalid lifecycle type 'sleep'.\n"],
  ['set-lifecycle-action carded poweroff sleep', "error: Invalid lifecycle action 'sleep'.\n"],
  ['blockresize carded vda', 'error: either --size or --capacity must be given\n'],
  ['guestvcpus carded --cpulist 1', 'error: One of options --enable or --disable is required by option --cpulist\n'],
  ['set-user-sshkeys carded root', 'error: Option --file is required\n'],
])('%s is refused before the daemon is asked', async (words, error) => {
  expect(await virtkit(...words.split(' '))).toMatchObject({ code: 1, error });
});
