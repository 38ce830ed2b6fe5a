import {
  defineFlags,
  domainXmlFlags,
  type Handlers,
  metadataTypes,
  noFlags,
  type remote,
  targetFlags,
  undefineFlags,
} from '@virtkit/protocol';
import {
  after,
  type Document,
  type DomainInfo,
  type DomainState,
  type MetadataRequest,
  type UndefineOptions,
} from '@virtkit/core';
import { errorsFrom } from '@virtkit/schema';
import { flagged } from './flagged.js';
import type { RemoteCall } from './state.js';
import { bit, chosen, nothing, wireDomain, wireReason, wireState } from './wire.js';

const domainError = errorsFrom('DOMAIN');
const define = flagged('virDomainDefineXMLFlags', defineFlags);
const undefine = flagged('virDomainUndefineFlags', undefineFlags);
const xmlDesc = flagged('virDomainGetXMLDesc', domainXmlFlags);
const getState = flagged('virDomainGetState', noFlags);
const managedSave = flagged('virDomainHasManagedSaveImage', noFlags);
const rename = flagged('virDomainRename', noFlags);
const setMetadata = flagged('virDomainSetMetadata', targetFlags);
const getMetadata = flagged('virDomainGetMetadata', targetFlags);

const wireXml = ({ utf8 }: Document) => ({ xml: utf8 });
const wireInfo = ({ state, maxMemoryKiB, memoryKiB, vcpus, cpuTimeNs }: DomainInfo) => ({
  state: wireState(state),
  maxMem: maxMemoryKiB,
  memory: memoryKiB,
  nrVirtCpu: vcpus,
  cpuTime: cpuTimeNs,
});
const wireStateAndReason = (state: DomainState) => ({ state: wireState(state), reason: wireReason(state) });

/** Definition, description, state and flags of domains. */
export const domainConfigurationHandlers = {
  domainDefineXML: async ({ xml }, { state }) => ({
    dom: wireDomain(await state.session.domains.define(xml, {}, { function: 'virDomainDefineXML' })),
  }),
  domainDefineXMLFlags: async ({ xml, flags }, { state }) => ({
    dom: wireDomain(await state.session.domains.define(xml, define.options(flags), define.via(flags))),
  }),
  domainUndefine: async ({ dom }, { state }) =>
    nothing(state.session.domains.undefine(dom, {}, { function: 'virDomainUndefine' })),
  domainUndefineFlags: async ({ dom, flags }, { state }) =>
    nothing(state.session.domains.undefine(dom, undefineOptions(flags), undefine.via(flags))),
  domainGetXMLDesc: ({ dom, flags }, { state }) =>
    after(state.session.domains.document(dom, xmlDesc.options(flags), xmlDesc.via(flags)), wireXml),
  domainGetOSType: async ({ dom }, { state }) => ({ type: await state.session.domains.osType(dom) }),
  domainGetInfo: ({ dom }, { state }) => after(state.session.domains.info(dom), wireInfo),
  domainGetState: ({ dom, flags }, { state }) =>
    after(state.session.domains.state(dom, getState.via(flags)), wireStateAndReason),
  domainIsActive: async ({ dom }, { state }) => ({ active: bit(await state.session.domains.isActive(dom)) }),
  domainIsPersistent: async ({ dom }, { state }) => ({
    persistent: bit(await state.session.domains.isPersistent(dom)),
  }),
  domainIsUpdated: async ({ dom }, { state }) => ({ updated: bit(await state.session.domains.isUpdated(dom)) }),
  domainHasManagedSaveImage: async ({ dom, flags }, { state }) => ({
    result: bit(await state.session.domains.hasManagedSave(dom, managedSave.via(flags))),
  }),
  domainGetAutostart: async ({ dom }, { state }) => ({ autostart: bit(await state.session.domains.autostart(dom)) }),
  domainSetAutostart: async ({ dom, autostart }, { state }) =>
    nothing(state.session.domains.setAutostart(dom, autostart !== 0)),
  domainGetAutostartOnce: async ({ dom }, { state }) => ({
    autostart: bit(await state.session.domains.autostartOnce(dom)),
  }),
  domainSetAutostartOnce: async ({ dom, autostart }, { state }) =>
    nothing(state.session.domains.setAutostartOnce(dom, autostart !== 0)),
  domainRename: async ({ dom, newName, flags }, { state }) => {
    await state.session.domains.rename(dom, newName ?? '', rename.via(flags));
    return { retcode: 0 };
  },
  domainSetMetadata: async ({ dom, type, metadata, key, uri, flags }, { state }) => {
    const change = metadataChange(type, metadata, key, uri);
    return nothing(state.session.domains.setMetadata(dom, change, setMetadata.options(flags), setMetadata.via(flags)));
  },
  domainGetMetadata: async ({ dom, type, uri, flags }, { state }) => {
    const { options, via } = getMetadata;
    const kind = chosen(metadataTypes, type, 'type', 'virDomainGetMetadata');
    const query = kind === 'element' ? { kind, uri: uri ?? '' } : { kind };
    return { metadata: await state.session.domains.metadata(dom, query, options(flags), via(flags)) };
  },
} satisfies Handlers<typeof remote, RemoteCall>;

function undefineOptions(flags: number): UndefineOptions {
  const { nvram, keepNvram, tpm, keepTpm, ...rest } = undefine.options(flags);
  if (nvram && keepNvram) throw exclusive('VIR_DOMAIN_UNDEFINE_NVRAM', 'VIR_DOMAIN_UNDEFINE_KEEP_NVRAM');
  if (tpm && keepTpm) throw exclusive('VIR_DOMAIN_UNDEFINE_TPM', 'VIR_DOMAIN_UNDEFINE_KEEP_TPM');
  return {
    ...rest,
    ...(nvram && { nvram: 'remove' }),
    ...(keepNvram && { nvram: 'keep' }),
    ...(tpm && { tpm: 'remove' }),
    ...(keepTpm && { tpm: 'keep' }),
  };
}

const exclusive = (one: string, other: string): Error =>
  domainError('INVALID_ARG', `Flags '${one}' and '${other}' are mutually exclusive`);

/** Both numbers of metadata calls, for domains and networks alike. */
export function metadataChange(
  type: number,
  text: string | undefined,
  prefix: string | undefined,
  uri: string | undefined,
): MetadataRequest {
  const kind = chosen(metadataTypes, type, 'type', 'virDomainSetMetadata');
  if (kind !== 'element') return { kind, text };
  if (uri === undefined) throw domainError('INVALID_ARG', 'uri in virDomainSetMetadata must not be NULL');
  return { kind, uri, xml: text, ...(prefix !== undefined && { prefix }) };
}
