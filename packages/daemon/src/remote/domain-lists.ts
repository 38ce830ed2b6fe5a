import { after, type DomainSummary } from '@virtkit/core';
import { type Handlers, limits, listDomainsFlags, type remote } from '@virtkit/protocol';
import { flagged } from './flagged.js';
import type { RemoteCall } from './state.js';
import { checkedMax, listed, wireDomain } from './wire.js';

const listAll = flagged('virConnectListAllDomains', listDomainsFlags);

const names = (max: number, api: string): number =>
  checkedMax(max, limits.domainList, 'maxnames', 'REMOTE_DOMAIN_LIST_MAX', api);

const found = ({ ref }: DomainSummary) => ({ dom: wireDomain(ref) });

/** Finding and listing domains. */
export const domainListHandlers = {
  domainLookupByName: ({ name }, { state }) => after(state.session.domains.lookupByName(name), found),
  domainLookupByUUID: ({ uuid }, { state }) => after(state.session.domains.lookupByUuid(uuid), found),
  domainLookupByID: ({ id }, { state }) => after(state.session.domains.lookupById(id), found),
  connectNumOfDomains: async (_args, { state }) => ({ num: await state.session.domains.activeCount() }),
  connectNumOfDefinedDomains: async (_args, { state }) => ({ num: await state.session.domains.definedCount() }),
  connectListDomains: async ({ maxids }, { state }) => {
    const max = checkedMax(maxids, limits.domainList, 'maxids', 'REMOTE_DOMAIN_LIST_MAX', 'virConnectListDomains');
    return { ids: [...(await state.session.domains.activeIds(max))] };
  },
  connectListDefinedDomains: async ({ maxnames }, { state }) => ({
    names: [...(await state.session.domains.definedNames(names(maxnames, 'virConnectListDefinedDomains')))],
  }),
  connectListAllDomains: async ({ needResults, flags }, { state }) => {
    const domains = await state.session.domains.list(listAll.options(flags), listAll.via(flags));
    const { items, ret } = listed(domains, needResults, ({ ref }) => wireDomain(ref));
    return { domains: items, ret };
  },
} satisfies Handlers<typeof remote, RemoteCall>;
