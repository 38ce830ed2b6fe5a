import { readFileSync } from 'node:fs';
import type { RecordedFiles } from '@virtkit/host';

/** A directory packed into one file. */
export const readTree = (path: string): RecordedFiles => JSON.parse(readFileSync(path, 'utf8')) as RecordedFiles;
