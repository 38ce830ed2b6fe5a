import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '@virtkit/client';
import { inProcessCall, type Kernel, type OpenCall } from '@virtkit/core';
import { Daemon } from '@virtkit/daemon';
import { silentLogger } from '@virtkit/core/testing';
import { clientTarget } from './client-target.js';
import { sessionTarget } from './session-target.js';
import type { Subject } from './suite.js';

export interface OpenOptions {
  /** A started kernel that knows the driver; the kit does not close it. */
  readonly kernel: Kernel;
  readonly uri: string;
  /** Answers credentials of a remote hypervisor; over the wire there is nobody to ask. */
  readonly ask?: OpenCall['ask'];
}

/** A session in this process, with the driver's own connection. */
export async function openDirect({ kernel, uri, ask }: OpenOptions): Promise<Subject> {
  const call = inProcessCall(ask === undefined ? {} : { ask });
  const session = await kernel.open(uri, call);
  const close = async (): Promise<void> => {
    await session.close();
    await call.close();
  };
  return { target: sessionTarget(session, close), connection: session.driverConnection };
}

/** A client and a daemon of its own, with a socket between them. */
export async function openOverWire({ kernel, uri }: OpenOptions): Promise<Subject> {
  const folder = await mkdtemp(join(tmpdir(), 'virtkit-kit-'));
  const path = join(folder, 'libvirt-sock');
  const daemon = new Daemon({ kernel, logger: silentLogger, sockets: [{ path, role: 'read-write', mode: 0o600 }] });
  await daemon.listen();
  const connection = await connect(withSocket(uri, path));
  const close = async (): Promise<void> => {
    await connection.close();
    await daemon.close();
    await rm(folder, { recursive: true, force: true });
  };
  return { target: clientTarget(connection, close) };
}

/** `test:///default` → `test+unix:///default?socket=PATH`: asked of that daemon, whatever the driver. */
function withSocket(uri: string, path: string): string {
  const [scheme = '', ...rest] = uri.split(':');
  const body = rest.join(':');
  return `${scheme}+unix:${body}${body.includes('?') ? '&' : '?'}socket=${encodeURIComponent(path)}`;
}
