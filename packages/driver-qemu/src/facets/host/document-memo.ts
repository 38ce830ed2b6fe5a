import { statSync } from 'node:fs';

/** Documents that are costly to make, each as long as the files it depends on stay the same. */
export class DocumentMemo {
  readonly #known = new Map<string, { readonly stamp: string; readonly text: Promise<string> }>();
  readonly #limit: number;

  /** `limit`: documents kept; the oldest leave first. */
  constructor(limit = 100) {
    this.#limit = limit;
  }

  /** The same string until `stamp` differs. A document that cannot be made is not kept. */
  of(key: string, stamp: string, make: () => Promise<string>): Promise<string> {
    const known = this.#known.get(key);
    if (known?.stamp === stamp) return known.text;
    const text = make();
    this.#known.delete(key);
    this.#known.set(key, { stamp, text });
    if (this.#known.size > this.#limit) this.#known.delete(this.#known.keys().next().value ?? '');
    text.catch(() => {
      if (this.#known.get(key)?.text === text) this.#known.delete(key);
    });
    return text;
  }
}

/** Changes with any of the files: their times and sizes, and whether they are there. What may not be seen is not there. */
export const stampOf = (paths: readonly string[]): string => paths.map(stampOfOne).join('\n');

function stampOfOne(path: string): string {
  try {
    const { mtimeMs, ctimeMs, size, mode } = statSync(path);
    return `${path} ${mtimeMs} ${ctimeMs} ${size} ${mode}`;
  } catch {
    return path; // not there
  }
}

/** The folders programs are looked for in: they change when one is installed or removed. */
export const programFolders = (): readonly string[] =>
  (process.env['PATH'] ?? '').split(':').filter((path) => path !== '');
