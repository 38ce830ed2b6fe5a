import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  assignAliases,
  buildCommand,
  completeForStart,
  type HostCpu,
  pretendPlaces,
  type QemuFacts,
  updateGuestCpu,
} from '@virtkit/driver-qemu';
import type { Domain } from '@virtkit/schema';
import { wrapCommand } from './command-line.js';
import { expectText } from './difference.js';
import { fakeCommandInput, fakePlaces } from './fake-command.js';
import { CaseBroken, readExpected, type CorpusCase } from './manifest.js';

/** The command of a completed definition, in the canonical form of the corpus. Changes `domain`: it becomes a guest's. */
export function commandText(entry: CorpusCase, corpusDir: string, domain: Domain, facts: QemuFacts): string {
  const { capabilities } = facts;
  if (capabilities === undefined) throw new CaseBroken('the case has no emulator');
  const input = fakeCommandInput(entry, domain, capabilities);
  completeForStart(domain, facts);
  updateGuestCpu(domain, { capabilities, cpuMap: facts.host.cpuMap, hostCpu: namedHostCpu(entry, corpusDir) });
  pretendPlaces(domain, input.config, fakePlaces);
  assignAliases(domain);
  return wrapCommand(buildCommand(input));
}

/** Throws the difference between the command of a completed definition and the expected one. */
export function expectCommandLine(entry: CorpusCase, corpusDir: string, domain: Domain, facts: QemuFacts): void {
  expectText(commandText(entry, corpusDir, domain, facts), readExpected(entry, corpusDir, 'argv'), {
    joinLines: false,
  });
}

interface RecordedCpu {
  readonly arch: string;
  readonly model: string;
  readonly vendor?: string;
  readonly features?: readonly string[];
}

/** The host CPU a case names, which then is what guests are offered. */
function namedHostCpu({ params }: CorpusCase, corpusDir: string): HostCpu | undefined {
  const name = params['host_cpu'];
  if (typeof name !== 'string') return undefined;
  const cpus = JSON.parse(readFileSync(join(corpusDir, 'fakehost/cpus.json'), 'utf8')) as Readonly<
    Record<string, RecordedCpu>
  >; // the corpus' own list
  const cpu = cpus[name];
  if (cpu === undefined) return undefined;
  return {
    model: cpu.model,
    vendor: cpu.vendor,
    features: (cpu.features ?? []).map((feature) => ({ name: feature, policy: 'require' })),
  };
}
