import { XdrWriter } from '@virtkit/protocol';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Keepalive } from './keepalive.js';
import type { Peer } from './peer.js';

const settings = { intervalMs: 5000, count: 5 };

/** The two things keepalive looks at, and the one it does. */
function fakePeer() {
  const peer = {
    lastReceived: performance.now(),
    output: { writer: new XdrWriter() },
    destroyed: false,
    destroy: () => undefined as void,
  };
  peer.destroy = () => {
    peer.destroyed = true;
  };
  return peer;
}

describe('Keepalive', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const started = () => {
    const peer = fakePeer();
    // Only what the fake has is used.
    new Keepalive(peer as unknown as Peer, settings).start();
    return peer;
  };

  it('keeps a client that answers within the same millisecond', () => {
    const peer = started();
    for (let pings = 0; pings < 20; pings++) {
      vi.advanceTimersByTime(5000);
      peer.lastReceived = performance.now() + 0.1;
    }
    expect(peer.destroyed).toBe(false);
  });

  it('ends a client that leaves five pings unanswered', () => {
    const peer = started();
    vi.advanceTimersByTime(25_000);
    expect(peer.destroyed).toBe(false);
    vi.advanceTimersByTime(5000);
    expect(peer.destroyed).toBe(true);
  });
});
