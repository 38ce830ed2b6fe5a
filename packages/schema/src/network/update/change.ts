import { type ElementType, parseElement } from '@virtkit/xml';
import { networkError } from '../errors.js';

export type UpdateCommand = 'modify' | 'delete' | 'add-last' | 'add-first';
export interface UpdateFragment {
  readonly command: UpdateCommand;
  /** Which `<ip>` is meant; −1: the one that fits. */
  readonly parentIndex: number;
  readonly xml: string;
}

/** What cannot be done now, though the document is right. */
export function impossible(text: string): never {
  throw networkError('OPERATION_INVALID', text);
}

/** What libvirt never does with this section. */
export function unsupportedChange(text: string): never {
  throw networkError('OPERATION_UNSUPPORTED', text);
}

/** Reads the fragment. */
export const readFragment = <T>(type: ElementType<T>, { xml }: UpdateFragment): T => parseElement(type, xml);

/** Puts an entry where the command says. */
export function insert<T>(list: T[], entry: T, command: UpdateCommand): void {
  if (command === 'add-first') list.unshift(entry);
  else list.push(entry);
}
