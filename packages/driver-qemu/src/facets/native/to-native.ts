import type { Call, SchemaDocuments } from '@virtkit/core';
import type { StorageSource } from '@virtkit/schema';
import type { PretendedPlaces } from '../../command/prepare.js';
import type { DialectHost } from '../../dialect-host.js';
import { gatherFacts } from '../../dialect-host.js';
import { virtError } from '../../errors.js';
import type { QemuServices } from '../../guests/services.js';
import { domainToNative } from '../../native.js';
import { hostEnvironment } from '../../process/host-environment.js';
import { volumeKey } from '../../start/block-plan.js';
import { listenAddresses } from '../../start/listen-address.js';
import { choosePassthrough } from '../../start/passthrough.js';
import { renderNodeFor } from '../../start/render-node.js';
import { hostNodes } from '../../start/host-nodes.js';
import { scsiGenericOf } from '../../start/scsi-generic.js';
import { checkSecrets } from '../../start/secrets.js';
import { resolveVolumes } from '../../start/plan-start.js';

export interface Conversion {
  readonly services: QemuServices;
  readonly host: DialectHost;
  readonly documents: SchemaDocuments;
}

const format = 'qemu-argv';

/** The command line of a document; nothing is opened, created or run. @libvirt virConnectDomainXMLToNative */
export async function toNative(
  { services, host, documents }: Conversion,
  wanted: string,
  xml: string,
  call: Call,
): Promise<string> {
  if (wanted !== format) throw virtError('INVALID_ARG', `unsupported config type ${wanted}`);
  const domain = await documents.domain(xml, 'convert', {}, call.signal);
  const facts = await gatherFacts(domain, { for: 'convert' }, host, call.signal);
  const volumes = await resolveVolumes(services, domain);
  const addresses = await listenAddresses(services, domain);
  const renderNode = await renderNodeFor(domain);
  await checkSecrets(services, domain);
  const scsiGeneric = await scsiGenericOf(domain);
  choosePassthrough(domain);
  const now = new Date();
  return domainToNative(domain, {
    facts,
    capabilities:
      facts.capabilities ?? (await services.capabilities.of(domain.devices.emulator ?? facts.emulator ?? '')),
    config: services.config,
    environment: hostEnvironment(process.env, services.session),
    places: places(services, addresses),
    now: { utc: Math.floor(now.getTime() / 1000), localOffset: -now.getTimezoneOffset() * 60 },
    resources: {
      volume: (source) => volumeSource(volumes.get(volumeKey(source))),
      scsiGeneric,
      ...hostNodes(),
      ...(renderNode === undefined ? {} : { renderNode }),
    },
  });
}

const volumeSource = (file: string | undefined): StorageSource | undefined =>
  file === undefined ? undefined : { type: 'file', file, seclabels: [] };

/** Displays are shown on the first ports of their kind, whether or not they are free. */
const places = ({ displayDefaults }: QemuServices, addresses: ReadonlyMap<string, string>): PretendedPlaces => ({
  ...displayDefaults,
  vncPort: 5900,
  spicePort: 5901,
  spiceTlsPort: 5902,
  networkAddress: (network) => addresses.get(network),
});
