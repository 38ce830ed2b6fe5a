import type { Graphics } from '@virtkit/schema';
import type { CommandContext } from './context.js';
import { domainDir } from './paths.js';

type Display = Extract<Graphics, { type: 'vnc' | 'spice' }>;
type Listen = Display['listens'][number];

/** Where a display is reached; QEMU has one place. */
export const firstListen = ({ listens }: Display): Listen | undefined => listens[0];

/** The address of a listen element; for a network the one chosen at the start. */
export const listenAddress = (listen: Listen | undefined): string | undefined =>
  listen?.type === 'address' || listen?.type === 'network' ? listen.address : undefined;

/** The socket of a display; one of the driver's own where the document names none. */
export const socketPath = (
  listen: Extract<Listen, { type: 'socket' }>,
  kind: string,
  context: CommandContext,
): string => listen.socket ?? `${domainDir(context)}/${kind}.sock`;
