import type { Documents } from '../documents/documents.js';
import type { DocumentCache } from '../documents/document-cache.js';
import type { DomainJobs } from '../../jobs/domain-jobs.js';
import type { Pipeline } from './pipeline.js';

/** What the object kinds of one session share. */
export interface SessionParts {
  readonly pipeline: Pipeline;
  readonly documents: Documents;
  /** Per driver, not per session: two clients share what was formatted once. */
  readonly cache: DocumentCache;
  readonly jobs: DomainJobs;
}
