import { escapeText } from '@virtkit/xml';

/** The `<capabilities>` document of a host: guests of both widths, moved by vCenter. */
export function hostCapabilities(uuid: string | undefined): string {
  const host = uuid === undefined || uuid === '' ? '' : `    <uuid>${escapeText(uuid.toLowerCase())}</uuid>\n`;
  return `<capabilities>

  <host>
${host}    <cpu>
      <arch>x86_64</arch>
    </cpu>
    <power_management/>
    <iommu support='no'/>
    <migration_features>
      <live/>
      <uri_transports>
        <uri_transport>vpxmigr</uri_transport>
      </uri_transports>
    </migration_features>
  </host>

${guest('i686', 32)}
${guest('x86_64', 64)}
</capabilities>
`;
}

const guest = (arch: string, width: number): string => `  <guest>
    <os_type>hvm</os_type>
    <arch name='${arch}'>
      <wordsize>${width}</wordsize>
      <domain type='vmware'/>
    </arch>
  </guest>
`;
