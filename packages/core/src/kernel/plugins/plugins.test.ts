import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CommandResult, Commands } from '../../contract/services.js';
import type { Connection } from '../../contract/connection.js';
import type { HypervisorDriver } from '../../contract/driver.js';
import type { PluginManifest } from '../../contract/plugin.js';
import { inProcessCall } from '../in-process-call.js';
import { createKernel } from '../kernel.js';
import type { KernelConfig, PluginSource } from '../options.js';
import { PluginFolder } from './plugin-folder.js';
import { satisfies } from './version-range.js';
import { refusingHost, silentLogger } from '../../testing/services.js';

const hypervisor = (name: string, version = 1): PluginManifest => ({
  apiVersion: version,
  contributes: [{ kind: 'hypervisor', name, schemes: [name], module: './plugin' }],
});
const connection: Connection = {
  accepts: {},
  link: { encrypted: false, secure: true },
  alive: () => true,
  close: async () => {},
  host: { type: () => 'NONE', capabilities: async () => '<capabilities/>\n' },
  domain: {
    list: async () => [],
    find: async () => undefined,
    info: () => Promise.reject(new Error('none')),
    definition: () => Promise.reject(new Error('none')),
  },
};
const driver: HypervisorDriver = {
  traits: { state: 'remote' },
  dialect: { virtTypes: ['test'] },
  open: async () => connection,
};

function kernelWith(plugins: readonly PluginSource[], config: KernelConfig = {}) {
  const nowhere = '/nonexistent';
  return createKernel({
    directories: { config: nowhere, state: nowhere, run: nowhere, log: nowhere, cache: nowhere },
    logger: silentLogger,
    host: refusingHost,
    plugins,
    config,
  });
}
const given = (name: string, load: () => Promise<unknown>, version = 1): PluginSource => ({
  kind: 'given',
  name: `virtkit-driver-${name}`,
  manifest: hypervisor(name, version),
  load,
});
const good = (name: string): PluginSource =>
  given(name, async () => ({ default: { kind: 'hypervisor', name, apiVersion: 1, setup: () => driver } }));

describe('loading plugins', () => {
  it('imports a driver when its scheme is first opened, and not before', async () => {
    let loads = 0;
    const kernel = kernelWith([
      given('lazy', async () => {
        loads += 1;
        return { default: { kind: 'hypervisor', name: 'lazy', apiVersion: 1, setup: () => driver } };
      }),
    ]);
    expect(kernel.pluginReport()).toMatchObject([{ name: 'lazy', state: 'available' }]);
    expect(loads).toBe(0);
    const session = await kernel.open('lazy:///system', inProcessCall());
    expect([session.uri, session.driver, loads]).toEqual(['lazy:///system', 'lazy', 1]);
    expect(kernel.pluginReport()).toMatchObject([{ state: 'loaded' }]);
  });

  it('refuses a plugin for another API version, naming both numbers, and goes on', async () => {
    const kernel = kernelWith([given('old', () => Promise.reject(new Error('never imported')), 7), good('fine')]);
    const message =
      'unsupported configuration: plugin virtkit-driver-old is written for plugin API version 7, this kernel has version 1';
    await expect(kernel.open('old:///', inProcessCall())).rejects.toThrow(message);
    expect(kernel.pluginReport()[0]).toMatchObject({ state: 'refused', cause: message });
    expect((await kernel.open('fine:///', inProcessCall())).alive()).toBe(true);
  });

  it('lists a plugin that fails with its cause, and serves the others', async () => {
    const kernel = kernelWith([given('broken', () => Promise.reject(new Error('cannot find libfoo'))), good('fine')]);
    await kernel.start();
    await expect(kernel.open('broken:///', inProcessCall())).rejects.toThrow('cannot find libfoo');
    expect(kernel.pluginReport()).toMatchObject([
      { state: 'failed', cause: 'cannot find libfoo' },
      { state: 'available' },
    ]);
    expect((await kernel.open('fine:///', inProcessCall())).alive()).toBe(true);
  });

  it('gives up on a plugin that hangs, and serves the others', async () => {
    const hanging = given('hanging', () => new Promise(() => undefined));
    const kernel = kernelWith([hanging, good('fine')], { plugins: { loadTimeoutSeconds: 0.01 } });
    await expect(kernel.open('hanging:///', inProcessCall())).rejects.toThrow(
      'Timed out during operation: plugin virtkit-driver-hanging did not load within 0.01 s',
    );
    expect(kernel.pluginReport()[0]).toMatchObject({ state: 'failed' });
    expect((await kernel.open('fine:///', inProcessCall())).alive()).toBe(true);
  });

  it('does not start without a plugin that is required', async () => {
    const required = { plugins: { required: ['broken'] } };
    const broken = given('broken', () => Promise.reject(new Error('cannot find libfoo')));
    await expect(kernelWith([broken], required).start()).rejects.toThrow('cannot find libfoo');
    await expect(kernelWith([], required).start()).rejects.toThrow("required plugin 'broken' is not installed");
  });

  it('never loads what the configuration disables', async () => {
    const kernel = kernelWith([good('fine')], { plugins: { disabled: ['fine'] } });
    await expect(kernel.open('fine:///', inProcessCall())).rejects.toThrow(
      "plugin 'fine' is disabled in the configuration",
    );
  });

  it('says that no driver serves a scheme', async () => {
    await expect(kernelWith([]).open('nope:///system', inProcessCall())).rejects.toMatchObject({
      code: 5,
      message: 'no connection driver available for nope:///system',
    });
  });

  it('probes the installed drivers when no uri is given', async () => {
    const probing: HypervisorDriver = { ...driver, probe: async () => 'two:///here' };
    const two = given('two', async () => ({
      default: { kind: 'hypervisor', name: 'two', apiVersion: 1, setup: () => probing },
    }));
    expect((await kernelWith([good('one'), two]).open('', inProcessCall())).uri).toBe('two:///here');
  });
});

describe('plugins on disk', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'virtkit-plugins-'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const write = (path: string, content: string): void => {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), content);
  };
  const install = (name: string, virtkit: unknown, extra: object = {}): void => {
    const exports = { './plugin': './plugin.js' };
    write(
      `node_modules/${name}/package.json`,
      JSON.stringify({ name, version: '2.3.4', type: 'module', exports, virtkit, ...extra }),
    );
    write(
      `node_modules/${name}/plugin.js`,
      "export default { kind: 'hypervisor', name: 'found', apiVersion: 1, setup: () => ({ traits: {}, dialect: { virtTypes: [] }, open: async () => globalThis.found }) };",
    );
  };

  it('are found among the direct dependencies alone, and imported by their export', async () => {
    write('package.json', JSON.stringify({ dependencies: { one: '1', plain: '1' } }));
    install('one', hypervisor('found'));
    install('hidden', hypervisor('hidden'));
    install('plain', undefined);
    const kernel = kernelWith([{ kind: 'distribution', directory: root }]);
    expect(kernel.pluginReport()).toMatchObject([
      { package: 'one', version: '2.3.4', name: 'found', state: 'available' },
    ]);
    await kernel.driver('found');
    expect(kernel.pluginReport()).toMatchObject([{ state: 'loaded' }]);
  });

  it('are reported when their manifest is broken; a folder that is not there holds none', () => {
    write('package.json', JSON.stringify({ dependencies: { bad: '1' } }));
    install('bad', { contributes: 'everything' });
    const sources: PluginSource[] = [
      { kind: 'folder', directory: root },
      { kind: 'folder', directory: join(root, 'missing') },
    ];
    expect(kernelWith(sources).pluginReport()).toMatchObject([
      { package: 'bad', state: 'failed', cause: expect.stringContaining('needs apiVersion and contributes') },
    ]);
  });

  it('are added and removed with npm, and share the kernel packages', async () => {
    const ran: (readonly string[])[] = [];
    const npm = async (_program: string, args: readonly string[]): Promise<string> => {
      ran.push(args);
      const added = args[0] === 'install';
      write('package.json', JSON.stringify({ dependencies: added ? { one: '2.3.4' } : {} }));
      if (added) install('one', hypervisor('found'), { peerDependencies: { '@virtkit/core': '^1.0.0' } });
      return '';
    };
    const folder = new PluginFolder({ directory: root, commands: commandsOf(npm) });
    expect(await folder.add('one')).toEqual(['one']);
    expect(folder.doctor()).toEqual([{ package: 'one', version: '2.3.4', problems: [] }]);
    expect(ran[0]).toContain('--legacy-peer-deps');
    await folder.remove('one');
    expect(folder.installed()).toEqual([]);
    await expect(folder.remove('one')).rejects.toThrow('plugin one is not installed');
  });

  it('are refused and taken out again when they want another kernel', async () => {
    const npm = async (_program: string, args: readonly string[]): Promise<string> => {
      write('package.json', JSON.stringify({ dependencies: args[0] === 'install' ? { one: '1' } : {} }));
      install('one', hypervisor('found'), { peerDependencies: { '@virtkit/core': '^9.0.0' } });
      return '';
    };
    const folder = new PluginFolder({ directory: root, commands: commandsOf(npm) });
    await expect(folder.add('one')).rejects.toThrow('one: needs @virtkit/core ^9.0.0, this kernel has 1.0.0');
    expect(folder.installed()).toEqual([]);
  });
});

describe('version ranges of plugins', () => {
  it.each([
    ['1.4.0', '^1.0.0', true],
    ['2.0.0', '^1.0.0', false],
    ['0.3.0', '^0.2.0', false],
    ['1.2.9', '~1.2.3', true],
    ['1.3.0', '~1.2.3', false],
    ['3.0.0', '>=1.0.0', true],
    ['2.1.0', '^1.0.0 || ^2.0.0', true],
    ['1.0.0', '*', true],
  ])('%s in %s: %s', (version, range, expected) => {
    expect(satisfies(version, range)).toBe(expected);
  });
});

function commandsOf(expectOutput: Commands['expect']): Commands {
  const result: CommandResult = { code: 0, signal: null, stdout: '', stderr: '' };
  return { run: async () => result, expect: expectOutput, find: async () => undefined };
}
