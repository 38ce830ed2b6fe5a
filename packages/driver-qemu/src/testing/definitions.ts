import { domain, type Domain } from '@virtkit/schema';
import { parseElement } from '@virtkit/xml';

/** A definition from the inside of its `<devices>`, as a live one where `live` is set. */
export const definitionOf = (
  devices: string,
  options: { readonly live?: boolean; readonly outside?: string } = {},
): Domain =>
  parseElement(
    domain,
    `<domain type='qemu'><name>g</name><uuid>11111111-2222-3333-4444-555555555555</uuid><memory>65536</memory><vcpu>2</vcpu>
<os><type arch='x86_64' machine='q35'>hvm</type></os>${options.outside ?? ''}<devices>${devices}</devices></domain>`,
    { live: options.live === true, secure: true },
  );
