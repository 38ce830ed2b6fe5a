import { silentLogger } from '@virtkit/core/testing';
import type { Network } from '@virtkit/schema';
import { describe, expect, test } from 'vitest';
import { NetworkChanges } from './change.js';
import { NetworkLifecycle, type NetworkObject, type NetworkStore } from './lifecycle.js';
import type { NetworkRuntime } from './status.js';
import { networkOf } from './testing/documents.js';
import type { NetworkTools } from './tools.js';

const noSpace = (): Promise<never> => Promise.reject(new Error('No space left on device'));
const document = "<network><name>n</name><forward mode='bridge'/><bridge name='br0'/></network>";
const title = { kind: 'title', text: 'new' } as const;

/** A running network whose store cannot write what `full` names. */
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
  const replace = async (_: unknown, change: Partial<NonNullable<typeof live>>): Promise<void> => {
    if (full.status === true) await noSpace();
    if (live !== undefined) live = { ...live, ...change };
  };
  const store = {
    updateLive: replace,
    noteLive: replace,
    defineAfter: async (definition: unknown, act: () => Promise<void>) => {
      if (definition !== undefined && full.config === true) await noSpace();
      await act();
    },
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

  test('does not keep a network from being stopped', async () => {
    const { object, store, tools } = running({ status: true });
    await new NetworkLifecycle(store, tools).takeDown(object);
    expect(object.active).toBe(false);
  });
});
