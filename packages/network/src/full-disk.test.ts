import { silentLogger } from '@virtkit/core/testing';
import type { Network } from '@virtkit/schema';
import { describe, expect, test } from 'vitest';
import { NetworkChanges } from './change.js';
import { NetworkLifecycle, type NetworkObject, type NetworkStore } from './lifecycle.js';
import { changeLive } from './live.js';
import type { NetworkRuntime } from './status.js';
import { networkOf } from './testing/documents.js';
import type { NetworkTools } from './tools.js';

const noSpace = (): Promise<never> => Promise.reject(new Error('No space left on device'));
const document = "<network><name>n</name><forward mode='bridge'/><bridge name='br0'/></network>";
const title = { kind: 'title', text: 'new' } as const;

/** A running network whose store changes memory first and then fails to write what `full` names. */
function running(full: { readonly status?: boolean; readonly config?: boolean }) {
  let live: { definition: Network; runtime: NetworkRuntime } | undefined = {
    definition: networkOf(document),
    runtime: { phase: 'running', ports: [] },
  };
  const object = {
    name: 'n',
    persistent: true,
    config: () => networkOf(document),
    current: () => live?.definition,
    get runtime() {
      return live?.runtime;
    },
    get active() {
      return live !== undefined;
    },
  } as unknown as NetworkObject;
  const store = {
    updateLive: async (_: unknown, change: Partial<NonNullable<typeof live>>) => {
      if (live !== undefined) live = { ...live, ...change };
      if (full.status === true) await noSpace();
    },
    define: () => (full.config === true ? noSpace() : Promise.resolve(object)),
    deactivate: async () => {
      live = undefined;
    },
  } as unknown as NetworkStore;
  return { object, store, tools: { logger: silentLogger } as unknown as NetworkTools };
}

describe('a full disk', () => {
  test.each([{ status: true }, { config: true }])('leaves a running network as it was: $0', async (full) => {
    const { object, store, tools } = running(full);
    const before = object.current();
    const changing = new NetworkChanges(store, tools).setMetadata(object, title, { live: true, config: true });
    await expect(changing).rejects.toThrow('No space left');
    expect(object.current()).toEqual(before);
    expect(object.runtime).toEqual({ phase: 'running', ports: [] });
  });

  test.each([{ status: true }, { config: true }])('leaves an update undone: $0', async (full) => {
    const { object, store, tools } = running(full);
    const before = object.current();
    const group = "<portgroup name='a'/>";
    const update = { command: 'add-last', section: 'portgroup', parentIndex: -1, xml: group } as const;
    const changing = new NetworkChanges(store, tools).update(
      object,
      update,
      { live: true, config: true },
      {
        signal: new AbortController().signal,
      },
    );
    await expect(changing).rejects.toThrow('No space left');
    expect(object.current()).toEqual(before);
  });

  test('plugs no port that is not written down', async () => {
    const { object, store } = running({ status: true });
    const plugged: NetworkRuntime = { phase: 'running', ports: [{ uuid: 'u' } as never] };
    await expect(changeLive(store, object, { runtime: plugged })).rejects.toThrow('No space left');
    expect(object.runtime?.ports).toEqual([]);
  });

  test('does not keep a network from being stopped', async () => {
    const { object, store, tools } = running({ status: true });
    await new NetworkLifecycle(store, tools).takeDown(object);
    expect(object.active).toBe(false);
  });
});
