import { writeFile } from 'node:fs/promises';
import type { Check } from './check.js';
import type { Target } from './target.js';

export interface CheckResult {
  readonly level: string;
  readonly title: string;
  readonly way: Target['way'];
  readonly result: 'pass' | 'fail';
  readonly reason?: string;
}
export interface ConformanceReport {
  readonly driver: string;
  readonly passed: number;
  readonly failed: number;
  readonly checks: readonly CheckResult[];
}

/** Collects how each check went. */
export class Reporter {
  readonly #results: CheckResult[] = [];

  constructor(private readonly driver: string) {}

  /** Rejects when the check does. */
  async run({ level, title }: Check, way: Target['way'], body: () => Promise<void>): Promise<void> {
    try {
      await body();
      this.#results.push({ level, title, way, result: 'pass' });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#results.push({ level, title, way, result: 'fail', reason });
      throw error;
    }
  }

  report(): ConformanceReport {
    const passed = this.#results.filter(({ result }) => result === 'pass').length;
    return { driver: this.driver, passed, failed: this.#results.length - passed, checks: [...this.#results] };
  }

  async write(file: string): Promise<void> {
    await writeFile(file, `${JSON.stringify(this.report(), undefined, 2)}\n`);
  }
}
