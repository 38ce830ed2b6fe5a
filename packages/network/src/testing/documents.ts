import { type Network, network } from '@virtkit/schema';
import { parseElement } from '@virtkit/xml';

export const networkOf = (xml: string): Network => parseElement(network, xml);
