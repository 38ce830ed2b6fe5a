import type { GuestAddress } from '@virtkit/core';
import {
  addressFamilies,
  addressSources,
  authorizedKeysFlags,
  guestInfoGroups,
  type Handlers,
  hostnameFlags,
  noFlags,
  passwordFlags,
  type remote,
  setTimeFlags,
} from '@virtkit/protocol';
import { flagged } from './flagged.js';
import { typedParameters } from './parameters.js';
import type { RemoteCall } from './state.js';
import { chosen, nothing, parseCpuList } from './wire.js';

const addresses = flagged('virDomainInterfaceAddresses', noFlags);
const hostname = flagged('virDomainGetHostname', hostnameFlags);
const freeze = flagged('virDomainFSFreeze', noFlags);
const thaw = flagged('virDomainFSThaw', noFlags);
const trim = flagged('virDomainFSTrim', noFlags);
const filesystems = flagged('virDomainGetFSInfo', noFlags);
const getTime = flagged('virDomainGetTime', noFlags);
const setTime = flagged('virDomainSetTime', setTimeFlags);
const password = flagged('virDomainSetUserPassword', passwordFlags);
const getVcpus = flagged('virDomainGetGuestVcpus', noFlags);
const setVcpus = flagged('virDomainSetGuestVcpus', noFlags);
const information = flagged('virDomainGetGuestInfo', noFlags);
const infoGroups = flagged('virDomainGetGuestInfo', guestInfoGroups);
const timeout = flagged('virDomainAgentSetResponseTimeout', noFlags);
const getKeys = flagged('virDomainAuthorizedSSHKeysGet', noFlags);
const setKeys = flagged('virDomainAuthorizedSSHKeysSet', authorizedKeysFlags);

/** What is asked of the guest itself, mostly through its agent. */
export const domainGuestHandlers = {
  domainInterfaceAddresses: async ({ dom, source, flags }, { state }) => {
    const word = chosen(addressSources, source, 'source', 'virDomainInterfaceAddresses');
    return { ifaces: (await state.session.guest.addresses(dom, word, addresses.via(flags))).map(wireInterface) };
  },
  domainGetHostname: async ({ dom, flags }, { state }) => {
    const [source] = hostname.names(flags);
    return { hostname: await state.session.guest.hostname(dom, source, hostname.via(flags)) };
  },
  domainFSFreeze: async ({ dom, mountpoints, flags }, { state }) => ({
    filesystems: await state.session.guest.freeze(dom, mountpoints, freeze.via(flags)),
  }),
  domainFSThaw: async ({ dom, mountpoints, flags }, { state }) => ({
    filesystems: await state.session.guest.thaw(dom, mountpoints, thaw.via(flags)),
  }),
  domainFSTrim: async ({ dom, mountPoint, minimum, flags }, { state }) =>
    nothing(state.session.guest.trim(dom, mountPoint, minimum, trim.via(flags))),
  domainGetFSInfo: async ({ dom, flags }, { state }) => {
    const found = await state.session.guest.filesystems(dom, filesystems.via(flags));
    const info = found.map(({ mountpoint, name, type, devices }) => ({
      mountpoint,
      name,
      fstype: type,
      devAliases: devices,
    }));
    return { info, ret: info.length };
  },
  domainGetTime: async ({ dom, flags }, { state }) => {
    const { seconds, nanoseconds } = await state.session.guest.time(dom, getTime.via(flags));
    return { seconds, nseconds: nanoseconds };
  },
  domainSetTime: async ({ dom, seconds, nseconds, flags }, { state }) => {
    const time = { seconds, nanoseconds: nseconds };
    return nothing(state.session.guest.setTime(dom, time, setTime.options(flags), setTime.via(flags)));
  },
  domainSetUserPassword: async ({ dom, user, password: secret, flags }, { state }) => {
    const { options, via } = password;
    return nothing(state.session.guest.setPassword(dom, user ?? '', secret ?? '', options(flags), via(flags)));
  },
  domainGetGuestVcpus: async ({ dom, flags }, { state }) => ({
    params: typedParameters(await state.session.guest.vcpus(dom, getVcpus.via(flags))),
  }),
  domainSetGuestVcpus: async ({ dom, cpumap, state: enabled, flags }, { state }) => {
    const vcpus = parseCpuList(cpumap, 'virDomainSetGuestVcpus');
    return nothing(state.session.guest.setVcpus(dom, vcpus, enabled !== 0, setVcpus.via(flags)));
  },
  domainGetGuestInfo: async ({ dom, types, flags }, { state }) => ({
    params: typedParameters(
      await state.session.guest.information(dom, infoGroups.names(types), information.via(flags)),
    ),
  }),
  domainAgentSetResponseTimeout: async ({ dom, timeout: seconds, flags }, { state }) => {
    await state.session.guest.setResponseTimeout(dom, seconds, timeout.via(flags));
    return { result: 0 };
  },
  domainAuthorizedSSHKeysGet: async ({ dom, user, flags }, { state }) => ({
    keys: [...(await state.session.guest.sshKeys(dom, user, getKeys.via(flags)))],
  }),
  domainAuthorizedSSHKeysSet: async ({ dom, user, keys, flags }, { state }) =>
    nothing(state.session.guest.setSshKeys(dom, user, keys, setKeys.options(flags), setKeys.via(flags))),
} satisfies Handlers<typeof remote, RemoteCall>;

const wireInterface = ({ name, mac, addresses: all }: GuestAddress) => ({
  name,
  hwaddr: mac,
  addrs: all.map(({ family, address, prefix }) => ({
    type: addressFamilies.number(family) ?? 0,
    addr: address,
    prefix,
  })),
});
