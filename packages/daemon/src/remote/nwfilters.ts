import { defineFlags, type Handlers, limits, noFlags, type remote } from '@virtkit/protocol';
import { flagged } from './flagged.js';
import type { RemoteCall } from './state.js';
import { checkedMax, listed, nothing, wireObject } from './wire.js';

const listAll = flagged('virConnectListAllNWFilters', noFlags);
const define = flagged('virNWFilterDefineXMLFlags', defineFlags);
const xmlDesc = flagged('virNWFilterGetXMLDesc', noFlags);
const bindingXml = flagged('virNWFilterBindingGetXMLDesc', noFlags);
const createBinding = flagged('virNWFilterBindingCreateXML', defineFlags);
const listBindings = flagged('virConnectListAllNWFilterBindings', noFlags);

interface Binding {
  readonly portDevice: string;
  readonly filter: string;
}
const wireBinding = ({ portDevice, filter }: Binding) => ({ portdev: portDevice, filtername: filter });

/** Network filters and their bindings. */
export const nwfilterHandlers = {
  connectNumOfNWFilters: async (_args, { state }) => ({
    num: (await state.session.nwfilters.list({ function: 'virConnectNumOfNWFilters' })).length,
  }),
  connectListNWFilters: async ({ maxnames }, { state }) => {
    const api = 'virConnectListNWFilters';
    const max = checkedMax(maxnames, limits.nwfilterList, 'maxnames', 'REMOTE_NWFILTER_LIST_MAX', api);
    return { names: (await state.session.nwfilters.list({ function: api })).slice(0, max).map(({ name }) => name) };
  },
  connectListAllNWFilters: async ({ needResults, flags }, { state }) => {
    const { items, ret } = listed(await state.session.nwfilters.list(listAll.via(flags)), needResults, wireObject);
    return { filters: items, ret };
  },
  nWFilterLookupByName: async ({ name }, { state }) => ({
    nwfilter: wireObject(await state.session.nwfilters.lookupByName(name)),
  }),
  nWFilterLookupByUUID: async ({ uuid }, { state }) => ({
    nwfilter: wireObject(await state.session.nwfilters.lookupByUuid(uuid)),
  }),
  nWFilterGetXMLDesc: async ({ nwfilter, flags }, { state }) => ({
    xml: await state.session.nwfilters.xmlDesc(nwfilter, xmlDesc.via(flags)),
  }),
  nWFilterDefineXML: async ({ xml }, { state }) => ({
    nwfilter: wireObject(await state.session.nwfilters.define(xml, {}, { function: 'virNWFilterDefineXML' })),
  }),
  nWFilterDefineXMLFlags: async ({ xml, flags }, { state }) => ({
    nwfilter: wireObject(await state.session.nwfilters.define(xml, define.options(flags), define.via(flags))),
  }),
  nWFilterUndefine: async ({ nwfilter }, { state }) => nothing(state.session.nwfilters.undefine(nwfilter)),
  nWFilterBindingLookupByPortDev: async ({ name }, { state }) => ({
    nwfilter: wireBinding(await state.session.nwfilterBindings.lookupByPortDevice(name)),
  }),
  nWFilterBindingGetXMLDesc: async ({ nwfilter, flags }, { state }) => ({
    xml: await state.session.nwfilterBindings.xmlDesc(nwfilter.portdev, bindingXml.via(flags)),
  }),
  nWFilterBindingCreateXML: async ({ xml, flags }, { state }) => ({
    nwfilter: wireBinding(
      await state.session.nwfilterBindings.create(xml, createBinding.options(flags), createBinding.via(flags)),
    ),
  }),
  nWFilterBindingDelete: async ({ nwfilter }, { state }) =>
    nothing(state.session.nwfilterBindings.delete(nwfilter.portdev)),
  connectListAllNWFilterBindings: async ({ needResults, flags }, { state }) => {
    const all = await state.session.nwfilterBindings.list(listBindings.via(flags));
    const { items, ret } = listed(all, needResults, wireBinding);
    return { bindings: items, ret };
  },
} satisfies Handlers<typeof remote, RemoteCall>;
