import { option, type QemuOption } from './option.js';

/** The keyboard layout of a display. */
export const keymapOptions = (keymap: string | undefined): readonly QemuOption[] =>
  keymap ? [option('k', keymap)] : [];
