import {
  defineFlags,
  type Handlers,
  limits,
  listSecretsFlags,
  noFlags,
  type remote,
  secretUsageTypes,
} from '@virtkit/protocol';
import { flagged } from './flagged.js';
import type { RemoteCall } from './state.js';
import { checkedMax, chosen, listed, nothing, wireSecret } from './wire.js';

const listAll = flagged('virConnectListAllSecrets', listSecretsFlags);
const define = flagged('virSecretDefineXML', defineFlags);
const xmlDesc = flagged('virSecretGetXMLDesc', noFlags);
const getValue = flagged('virSecretGetValue', noFlags);
const setValue = flagged('virSecretSetValue', noFlags);

/** Secrets. */
export const secretHandlers = {
  connectNumOfSecrets: async (_args, { state }) => ({
    num: (await state.session.secrets.list({}, { function: 'virConnectNumOfSecrets' })).length,
  }),
  connectListSecrets: async ({ maxuuids }, { state }) => {
    const api = 'virConnectListSecrets';
    const max = checkedMax(maxuuids, limits.secretList, 'maxuuids', 'REMOTE_SECRET_LIST_MAX', api);
    const secrets = await state.session.secrets.list({}, { function: api });
    return { uuids: secrets.slice(0, max).map(({ ref }) => ref.uuid) };
  },
  connectListAllSecrets: async ({ needResults, flags }, { state }) => {
    const all = await state.session.secrets.list(listAll.options(flags), listAll.via(flags));
    const { items, ret } = listed(all, needResults, ({ ref }) => wireSecret(ref));
    return { secrets: items, ret };
  },
  secretLookupByUUID: async ({ uuid }, { state }) => ({
    secret: wireSecret(await state.session.secrets.lookupByUuid(uuid)),
  }),
  secretLookupByUsage: async ({ usageType, usageID }, { state }) => {
    const word = chosen(secretUsageTypes, usageType, 'usageType', 'virSecretLookupByUsage');
    return { secret: wireSecret(await state.session.secrets.lookupByUsage(word, usageID)) };
  },
  secretDefineXML: async ({ xml, flags }, { state }) => ({
    secret: wireSecret(await state.session.secrets.define(xml, define.via(flags))),
  }),
  secretUndefine: async ({ secret }, { state }) => nothing(state.session.secrets.undefine(secret)),
  secretGetXMLDesc: async ({ secret, flags }, { state }) => ({
    xml: await state.session.secrets.xmlDesc(secret, xmlDesc.via(flags)),
  }),
  secretGetValue: async ({ secret, flags }, { state }) => ({
    value: await state.session.secrets.value(secret, getValue.via(flags)),
  }),
  secretSetValue: async ({ secret, value, flags }, { state }) =>
    nothing(state.session.secrets.setValue(secret, value, setValue.via(flags))),
} satisfies Handlers<typeof remote, RemoteCall>;
