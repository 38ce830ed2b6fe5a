import type { Section } from './context.js';
import { option } from './option.js';

/** The guest's state comes from elsewhere. */
export const incomingSection: Section = ({ start }) =>
  start.incoming === undefined ? [] : [option('incoming', start.incoming)];
