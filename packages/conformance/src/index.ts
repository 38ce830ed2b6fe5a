export type { Check, CheckContext, Fixtures, Level } from './check.js';
export { clientTarget } from './client-target.js';
export type { CheckResult, ConformanceReport } from './report.js';
export { sessionTarget } from './session-target.js';
export { hypervisorSuite, type RegisterTest, type Subject, type SuiteOptions } from './suite.js';
export type {
  FailureNumbers,
  GuestFigures,
  GuestHandle,
  LifecycleNotice,
  Notices,
  PoolHandle,
  ProbedFacet,
  Target,
  VolumeHandle,
} from './target.js';
export { openDirect, type OpenOptions, openOverWire } from './open.js';
