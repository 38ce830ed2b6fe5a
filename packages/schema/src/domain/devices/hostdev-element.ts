import { element } from '@virtkit/xml';
import { checkHostdev } from './hostdev-checks.js';
import { type Hostdev, hostdevRows } from './hostdev.js';

export const hostdev = element<Hostdev>('hostdev', hostdevRows, {
  refine: (value, node) => {
    checkHostdev(value, node);
    if (value.mode === 'subsystem') value.managed ??= false;
  },
});
