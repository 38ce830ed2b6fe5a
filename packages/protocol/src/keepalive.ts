import { event, program } from './program.js';

/** Pings both ways; nothing is answered but a ping with a pong. */
export const keepalive = program(
  { name: 'keepalive', id: 0x6b656570, version: 1 },
  {
    ping: event(1, {}, { class: 'keepalive' }),
    pong: event(2, {}, { class: 'keepalive' }),
  },
);
