import { assignAliases, buildCommand, pretendPlaces, type QemuCapabilities } from '@virtkit/driver-qemu';
import type { Domain } from '@virtkit/schema';
import { wrapCommand } from './command-line.js';
import { expectText } from './difference.js';
import { fakeCommandInput, fakePlaces } from './fake-command.js';
import { readExpected, type CorpusCase } from './manifest.js';

/** The command of a completed definition, in the canonical form of the corpus. Changes `domain`: it gets aliases. */
export function commandText(entry: CorpusCase, domain: Domain, capabilities: QemuCapabilities): string {
  const input = fakeCommandInput(entry, domain, capabilities);
  pretendPlaces(domain, input.config, fakePlaces);
  assignAliases(domain);
  return wrapCommand(buildCommand(input));
}

/** Throws the difference between the command of a completed definition and the expected one. */
export function expectCommandLine(
  entry: CorpusCase,
  corpusDir: string,
  domain: Domain,
  capabilities: QemuCapabilities,
): void {
  expectText(commandText(entry, domain, capabilities), readExpected(entry, corpusDir, 'argv'), { joinLines: false });
}
