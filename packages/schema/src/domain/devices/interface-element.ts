import { element } from '@virtkit/xml';
import { refineInterface } from './interface-checks.js';
import { interfaceRows, type NetworkInterface } from './interface.js';

export const networkInterface = element<NetworkInterface>('interface', interfaceRows, { refine: refineInterface });
