import { element } from '@virtkit/xml';
import { checkHostdev } from './hostdev-checks.js';
import { type Hostdev, hostdevRows } from './hostdev.js';

export const hostdev = element<Hostdev>('hostdev', hostdevRows, {
  refine: (value, node, context) => {
    checkHostdev(value, node, context);
    if (value.mode === 'subsystem') value.managed ??= false;
  },
});
