import { guestCapabilitiesText } from '@virtkit/driver-qemu';
import { expectText } from '../difference.js';
import { fakeCapabilities } from '../fake-host/capabilities.js';
import { readExpected } from '../manifest.js';
import type { RunCase } from '../manifest.js';

export const run: RunCase = async (entry, corpusDir) => {
  const arch = String(entry.params['arch']);
  const capabilities = fakeCapabilities(entry, corpusDir, { emulator: `/usr/bin/qemu-system-${arch}` });
  const guest = guestCapabilitiesText(capabilities, { machines: false, kvm: true });
  expectText(document(arch, guest), readExpected(entry, corpusDir, 'xml'));
};

/** The host of this suite has no properties but its architecture. */
const document = (arch: string, guest: string): string => `<capabilities>

  <host>
    <cpu>
      <arch>${arch}</arch>
    </cpu>
    <power_management/>
    <iommu support='no'/>
  </host>

${guest}
</capabilities>
`;
