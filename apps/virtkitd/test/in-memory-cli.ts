import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '@virtkit/cli';
import { connect } from '@virtkit/client';
import { createKernel, type Kernel } from '@virtkit/core';
import { refusingHost, silentLogger } from '@virtkit/core/testing';
import { Daemon } from '@virtkit/daemon';
import { pluginSources } from '../src/plugins.js';

export interface Said {
  readonly out: string;
  readonly error: string;
  readonly code: number;
}

/** The CLI in front of a daemon with the hypervisor that runs in memory. */
export interface InMemoryCli extends AsyncDisposable {
  readonly folder: string;
  readonly kernel: Kernel;
  virtkit(...words: readonly string[]): Promise<Said>;
}

export async function inMemoryCli(): Promise<InMemoryCli> {
  const nowhere = '/nonexistent';
  const directories = { config: nowhere, state: nowhere, run: nowhere, log: nowhere, cache: nowhere };
  const plugins = pluginSources(directories);
  const kernel = createKernel({ directories, logger: silentLogger, host: refusingHost, plugins });
  const folder = await mkdtemp(join(tmpdir(), 'vk-cli-'));
  const path = join(folder, 'socket');
  const daemon = new Daemon({ kernel, logger: silentLogger, sockets: [{ path, role: 'read-write', mode: 0o600 }] });
  await daemon.listen();
  const uri = `test+unix:///default?socket=${encodeURIComponent(path)}`;
  const keeper = await connect(uri); // what is in memory lives as long as somebody is connected
  return {
    folder,
    kernel,
    virtkit: (...words) => said(['-c', uri, ...words]),
    async [Symbol.asyncDispose]() {
      await keeper.close();
      await daemon.close();
      await kernel.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** What a command line prints, and how it ends. */
export async function said(words: readonly string[]): Promise<Said> {
  const text = { out: '', error: '' };
  const terminal = {
    out: (more: string) => void (text.out += more),
    error: (more: string) => void (text.error += more),
  };
  return { code: await run(words, terminal, { version: '1' }), ...text };
}
