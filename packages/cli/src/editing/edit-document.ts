import { CommandError } from '../usage-error.js';
import { askAgain, EditedText } from './editor.js';

/** A document that can be edited. */
export interface Editable {
  /** As it is now. */
  read(): Promise<string>;
  /** Puts an edited one in its place. */
  write(xml: string, options: { readonly validate: boolean }): Promise<unknown>;
}

/**
 * Lets the user edit a document until it is taken or given up.
 * @returns whether anything changed
 * @throws CommandError where somebody else changed it meanwhile
 */
export async function editDocument(document: Editable, { validate }: { readonly validate: boolean }): Promise<boolean> {
  const before = await document.read();
  await using file = await EditedText.of(before, '.xml');
  let checked = validate;
  let edited = await file.edit();
  for (;;) {
    if (edited === before) return false;
    if ((await document.read()) !== before)
      throw new CommandError('ERROR: the XML configuration was changed by another user');
    try {
      await document.write(edited, { validate: checked });
      return true;
    } catch (cause) {
      const next = await askAgain(cause);
      if (next === 'give-up') throw cause;
      if (next === 'force') checked = false;
      else edited = await file.edit();
    }
  }
}
