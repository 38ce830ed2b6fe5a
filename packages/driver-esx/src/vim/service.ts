import type { ManagedObject } from '../soap/envelope.js';
import type { Answer } from '../soap/answer.js';

/** The root of everything, known before anything is asked. */
export const serviceInstance: ManagedObject = { type: 'ServiceInstance', id: 'ServiceInstance' };

/** What a server says of itself. */
export interface ServiceContent {
  /** `ESX` for a host, `vCenter` for what manages hosts. */
  readonly product: 'ESX' | 'vCenter';
  /** `6.5.0`. */
  readonly version: string;
  readonly apiVersion: string;
  readonly rootFolder: ManagedObject;
  readonly propertyCollector: ManagedObject;
  readonly sessionManager: ManagedObject;
  readonly viewManager: ManagedObject;
  readonly searchIndex: ManagedObject;
}

export function readServiceContent(content: Answer): ServiceContent {
  const about = content.get('about');
  const reference = (name: string): ManagedObject => content.get(name).reference ?? { type: name, id: '' };
  return {
    product: about.get('apiType').text === 'VirtualCenter' ? 'vCenter' : 'ESX',
    version: about.get('version').text ?? '',
    apiVersion: about.get('apiVersion').text ?? '',
    rootFolder: reference('rootFolder'),
    propertyCollector: reference('propertyCollector'),
    sessionManager: reference('sessionManager'),
    viewManager: reference('viewManager'),
    searchIndex: reference('searchIndex'),
  };
}
