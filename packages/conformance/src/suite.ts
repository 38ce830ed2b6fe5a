import type { Connection, Contribution, SubsystemFacet } from '@virtkit/core';
import { type Check, type CheckContext, type Fixtures, type Level, offers } from './check.js';
import { basics } from './checks/basics.js';
import { configurationChecks } from './checks/configuration.js';
import { guestPartChecks } from './checks/guest-parts.js';
import { hostObjectChecks } from './checks/host-objects.js';
import { deviceChecks } from './checks/devices.js';
import { eventChecks } from './checks/events.js';
import { lacking } from './checks/lacking.js';
import { lifecycleChecks } from './checks/lifecycle.js';
import { manifestChecks } from './checks/manifest.js';
import { networkChecks } from './checks/networks.js';
import { snapshotChecks } from './checks/snapshots.js';
import { statisticsChecks } from './checks/statistics.js';
import { storageChecks } from './checks/storage.js';
import { type ConformanceReport, Reporter } from './report.js';
import type { Target } from './target.js';

/** A connection under test. */
export interface Subject {
  readonly target: Target;
  /** The driver's own connection, where the kit runs in its process: compared with the manifest. */
  readonly connection?: Connection;
}

export interface SuiteOptions {
  /** What the package says of itself. */
  readonly contribution: Contribution;
  /** The highest level to run; default: `L2`. */
  readonly level?: Level;
  /** Facets that subsystems of the kernel add to a local driver's connections. Default: none. */
  readonly hostSubsystems?: readonly SubsystemFacet[];
  /** Where the report is written after the last check. Default: nowhere. */
  readonly reportFile?: string;
}

/** Registers one test; `test` and `it` of any runner will do. */
export type RegisterTest = (title: string, body: () => Promise<void>) => void;

const everyCheck: readonly Check[] = [
  ...basics,
  ...lifecycleChecks,
  ...configurationChecks,
  ...eventChecks,
  ...deviceChecks,
  ...statisticsChecks,
  ...snapshotChecks,
  ...guestPartChecks,
  ...hostObjectChecks,
  ...storageChecks,
  ...networkChecks,
];
const levels: readonly Level[] = ['L0', 'L1', 'L2'];

/**
 * Registers what a hypervisor driver has to keep: every check of what the manifest offers, up to the level; for what it
 * does not offer, that the error is libvirt's; and that manifest and connection agree. Each test opens its own
 * connection and leaves nothing behind. The report is complete when the last test has run.
 */
export function hypervisorSuite(
  test: RegisterTest,
  open: () => Promise<Subject>,
  fixtures: Fixtures,
  options: SuiteOptions,
): () => ConformanceReport {
  const { contribution, level = 'L2', hostSubsystems = [], reportFile } = options;
  const reporter = new Reporter(contribution.name);
  const chosen = everyCheck.filter((check) => levels.indexOf(check.level) <= levels.indexOf(level));
  const offered = { ...contribution, facets: [...(contribution.facets ?? []), ...hostSubsystems] };
  const applicable = chosen.filter((check) => offers(offered, check.facets) && (check.when?.(fixtures) ?? true));
  for (const check of [...manifestChecks, ...applicable, ...lacking(contribution, hostSubsystems)]) {
    test(`${check.level} ${check.title}`, async () => {
      const subject = await open();
      await using target = subject.target;
      const context: CheckContext = { target, fixtures, contribution, connection: subject.connection };
      await reporter.run(check, target.way, () => check.run(context));
    });
  }
  if (reportFile !== undefined) test('writes its report', async () => reporter.write(reportFile));
  return () => reporter.report();
}
