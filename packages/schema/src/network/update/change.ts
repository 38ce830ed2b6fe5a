import { type ElementType, parseElement, readDocument } from '@virtkit/xml';
import { networkError } from '../errors.js';
import type { Network } from '../network.js';

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

/** Reads the fragment, whose root must be this element. */
export function readFragment<T>(type: ElementType<T>, { xml }: UpdateFragment, network: Network): T {
  const { root } = readDocument(xml);
  if (root.name !== type.tag)
    throw networkError(
      'XML_ERROR',
      `unexpected element <${root.name}>, expecting <${String(type.tag)}>, while updating network '${network.name}'`,
    );
  return parseElement(type, xml);
}

/** Puts an entry where the command says. */
export function insert<T>(list: T[], entry: T, command: UpdateCommand): void {
  if (command === 'add-first') list.unshift(entry);
  else list.push(entry);
}
