import { type Graphics, spiceChannels } from '@virtkit/schema';

type Spice = Extract<Graphics, { type: 'spice' }>;
type Mode = 'any' | 'secure' | 'insecure';

/** Which ports are to be chosen for a display; the others are what its document says. */
export interface SpicePortNeeds {
  readonly plain: boolean;
  readonly tls: boolean;
}

/** Each channel asks for a port of its own mode; one without a mode for that of the display. */
export function spicePortNeeds(spice: Spice, tlsEnabled: boolean): SpicePortNeeds {
  const modes = spice.autoport === true ? channelModes(spice) : [];
  const any = modes.includes('any');
  return {
    plain: spice.port === -1 || any || modes.includes('insecure'),
    tls: spice.tlsPort === -1 || (any && tlsEnabled) || modes.includes('secure'),
  };
}

function channelModes({ channels, defaultMode = 'any' }: Spice): readonly Mode[] {
  const named = new Map(channels.map(({ name, mode }) => [name, mode]));
  return spiceChannels.map((name) => {
    const mode = named.get(name) ?? 'any';
    return mode === 'any' ? defaultMode : mode;
  });
}
