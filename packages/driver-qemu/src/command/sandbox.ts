import { has, type Section } from './context.js';
import { pairs } from './option.js';

/** QEMU gives up what a guest's process never needs. */
export const sandboxSection: Section = (context) => {
  const wanted = context.config.seccompSandbox;
  if (wanted === 0 || !has(context, 'seccomp-sandbox')) return [];
  return [
    pairs(
      'sandbox',
      'on',
      ['obsolete', 'deny'],
      ['elevateprivileges', 'deny'],
      ['spawn', 'deny'],
      ['resourcecontrol', 'deny'],
    ),
  ];
};
