import { domainCapabilitiesFlags, type Handlers, noFlags, type remote } from '@virtkit/protocol';
import { errorsFrom } from '@virtkit/schema';
import { passesFiles } from '@virtkit/host';
import { flagged } from './flagged.js';
import type { RemoteCall } from './state.js';
import { bit } from './wire.js';

const rpcError = errorsFrom('RPC');
const READ_ONLY = 0x1;

const sysinfo = flagged('virConnectGetSysinfo', noFlags);
const domainCapabilities = flagged('virConnectGetDomainCapabilities', domainCapabilitiesFlags);

/** What the daemon itself understands, whatever the driver. @libvirt virDrvFeature */
const ownFeatures: ReadonlyMap<number, boolean> = new Map([
  [2, true], // the connection is a remote one
  [9, true], // strings in typed parameters
  [10, true], // keepalive
  [14, true], // events with callback ids
  [15, true], // close callbacks
  [16, true], // arguments of network updates in their documented order
]);
/** Descriptors are passed by native code. They are sent only: nothing served takes one of a client. */
const PASSING = 8;
const KEEPALIVE = 10;

/** The connection, and authentication before it. */
export const connectHandlers = {
  authList: () => ({ types: [0] }),
  authSaslInit: () => refuse('client tried invalid SASL init request'),
  authSaslStart: () => refuse('client tried invalid SASL start request'),
  authSaslStep: () => refuse('client tried invalid SASL start request'),
  authPolkit: () => refuse('client tried invalid PolicyKit init request'),

  connectOpen: async ({ name, flags }, { state }) => {
    await state.open(name, (flags & READ_ONLY) !== 0);
    return {};
  },
  connectClose: async (_args, { state }) => {
    await state.close();
    state.client.closeWhenAnswered();
    return {};
  },
  connectSupportsFeature: ({ feature }, { state }) => {
    if (feature === PASSING) return passesFiles().then((passes) => ({ supported: bit(passes) }));
    if (feature === KEEPALIVE) state.client.keepalive.start();
    return { supported: bit(ownFeatures.get(feature) ?? state.supportsFeature(feature)) };
  },
  connectGetType: (_args, { state }) => ({ type: state.session.host.type() }),
  connectGetVersion: async (_args, { state }) => ({ hvVer: await state.session.host.version() }),
  connectGetLibVersion: (_args, { state }) => ({ libVer: state.session.host.libVersion() }),
  connectGetHostname: async (_args, { state }) => ({ hostname: await state.session.host.hostname() }),
  connectGetURI: (_args, { state }) => ({ uri: state.session.uri }),
  connectIsSecure: (_args, { state }) => ({ secure: bit(state.session.secure) }),
  connectGetCapabilities: async (_args, { state }) => ({
    capabilities: (await state.session.host.capabilitiesDocument()).utf8,
  }),
  connectGetSysinfo: async ({ flags }, { state }) => ({
    sysinfo: await state.session.host.sysinfo(sysinfo.via(flags)),
  }),
  connectGetMaxVcpus: async ({ type }, { state }) => ({ maxVcpus: await state.session.host.maxVcpus(type) }),
  connectGetDomainCapabilities: async ({ emulatorbin, arch, machine, virttype, flags }, { state }) => {
    const query = {
      ...(emulatorbin !== undefined && { emulator: emulatorbin }),
      ...(arch !== undefined && { arch }),
      ...(machine !== undefined && { machine }),
      ...(virttype !== undefined && { virtType: virttype }),
      ...domainCapabilities.options(flags),
    };
    const document = await state.session.host.domainCapabilitiesDocument(query, domainCapabilities.via(flags));
    return { capabilities: document.utf8 };
  },
} satisfies Handlers<typeof remote, RemoteCall>;

function refuse(why: string): never {
  throw rpcError('AUTH_FAILED', why);
}
