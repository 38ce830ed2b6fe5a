/** How a network reaches beyond its host. */
export const forwardModes = [
  'none',
  'nat',
  'route',
  'bridge',
  'private',
  'vepa',
  'passthrough',
  'hostdev',
  'open',
] as const;
