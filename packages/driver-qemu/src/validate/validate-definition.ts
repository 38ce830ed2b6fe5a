import type { Domain } from '@virtkit/schema';
import { checkOs } from '../firmware/check-os.js';
import type { QemuFacts } from '../complete/facts.js';

/** QEMU's own checks of a completed definition. Throws the first thing that is wrong; changes nothing. */
export function validateDefinition(domain: Domain, facts: QemuFacts): void {
  void facts;
  checkOs(domain);
}
