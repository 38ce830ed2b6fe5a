import { type Domain, errorsFrom } from '@virtkit/schema';

const securityError = errorsFrom('SECURITY');

/** What this driver labels guests with: the user QEMU runs as. */
const models: ReadonlySet<string> = new Set(['dac', 'none']);

type Label = { readonly model?: string | undefined };
/** Sources that never have labels are among those that may. */
const labelsOf = (place: object): readonly Label[] =>
  'seclabels' in place && Array.isArray(place.seclabels) ? (place.seclabels as readonly Label[]) : [];

/** A label nobody here can give would not protect anything. @throws `CONFIG_UNSUPPORTED` @libvirt virSecurityManagerCheckAllLabel */
export function checkLabels(definition: Pick<Domain, 'devices' | 'seclabels'>): void {
  const { disks, serials, parallels, channels, consoles } = definition.devices;
  const characters = [...serials, ...parallels, ...channels, ...consoles].map(({ source }) => source);
  for (const place of [definition, ...disks.map(({ source }) => source), ...characters])
    for (const { model } of labelsOf(place))
      if (model !== undefined && !models.has(model))
        throw securityError('CONFIG_UNSUPPORTED', `Security driver model '${model}' is not available`);
}
