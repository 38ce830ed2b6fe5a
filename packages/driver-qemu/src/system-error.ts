import { getSystemErrorMap } from 'node:util';

/** The errno name of a Node error, or undefined. */
export const errnoOf = (cause: unknown): string | undefined =>
  cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined;

/** The operating system's words for an error, as C programs print them. */
export function systemWords(cause: unknown): string {
  const errno = errnoOf(cause);
  const words = [...getSystemErrorMap().values()].find(([name]) => name === errno)?.[1];
  if (words === undefined) return cause instanceof Error ? cause.message : String(cause);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
