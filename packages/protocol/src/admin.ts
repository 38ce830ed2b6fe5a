import { call, program } from './program.js';
import { nonnullString, nullableString, typedParam } from './remote/objects.js';
import { array, struct } from './xdr/composites.js';
import { hyper, uint, unsignedHyper } from './xdr/scalars.js';

const limits = {
  string: 4_194_304,
  serverList: 16_384,
  serverThreadpoolParameters: 32,
  clientList: 16_384,
  clientInfoParameters: 64,
  serverClientLimits: 32,
} as const;

const nonnullServer = struct({ name: nonnullString });
const nonnullClient = struct({ srv: nonnullServer, id: unsignedHyper, timestamp: hyper, transport: uint });

/** The administration of a daemon: servers, clients, limits, logging. */
export const admin = program(
  { name: 'admin', id: 0x06900690, version: 1 },
  {
    connectOpen: call(1, { flags: uint }, {}, { api: 'virAdmConnectOpen' }),
    connectClose: call(2, {}, {}, { api: 'virAdmConnectClose' }),
    connectGetLibVersion: call(3, {}, { libVer: unsignedHyper }, { api: 'virAdmConnectGetLibVersion' }),
    connectListServers: call(
      4,
      { needResults: uint, flags: uint },
      { servers: array(nonnullServer, limits.serverList), ret: uint },
      { api: 'virAdmConnectListServers' },
    ),
    connectLookupServer: call(
      5,
      { name: nonnullString, flags: uint },
      { srv: nonnullServer },
      { api: 'virAdmConnectLookupServer' },
    ),
    serverGetThreadPoolParameters: call(
      6,
      { srv: nonnullServer, flags: uint },
      { params: array(typedParam, limits.serverThreadpoolParameters) },
      { api: 'virAdmServerGetThreadPoolParameters' },
    ),
    serverSetThreadPoolParameters: call(
      7,
      { srv: nonnullServer, params: array(typedParam, limits.serverThreadpoolParameters), flags: uint },
      {},
      { api: 'virAdmServerSetThreadPoolParameters' },
    ),
    serverListClients: call(
      8,
      { srv: nonnullServer, needResults: uint, flags: uint },
      { clients: array(nonnullClient, limits.clientList), ret: uint },
      { api: 'virAdmServerListClients' },
    ),
    serverLookupClient: call(
      9,
      { srv: nonnullServer, id: unsignedHyper, flags: uint },
      { clnt: nonnullClient },
      { api: 'virAdmServerLookupClient' },
    ),
    clientGetInfo: call(
      10,
      { clnt: nonnullClient, flags: uint },
      { params: array(typedParam, limits.clientInfoParameters) },
      { api: 'virAdmClientGetInfo' },
    ),
    clientClose: call(11, { clnt: nonnullClient, flags: uint }, {}, { api: 'virAdmClientClose' }),
    serverGetClientLimits: call(
      12,
      { srv: nonnullServer, flags: uint },
      { params: array(typedParam, limits.serverClientLimits) },
      { api: 'virAdmServerGetClientLimits' },
    ),
    serverSetClientLimits: call(
      13,
      { srv: nonnullServer, params: array(typedParam, limits.serverClientLimits), flags: uint },
      {},
      { api: 'virAdmServerSetClientLimits' },
    ),
    connectGetLoggingOutputs: call(
      14,
      { flags: uint },
      { outputs: nonnullString, noutputs: uint },
      { api: 'virAdmConnectGetLoggingOutputs' },
    ),
    connectGetLoggingFilters: call(
      15,
      { flags: uint },
      { filters: nullableString, nfilters: uint },
      { api: 'virAdmConnectGetLoggingFilters' },
    ),
    connectSetLoggingOutputs: call(
      16,
      { outputs: nullableString, flags: uint },
      {},
      { api: 'virAdmConnectSetLoggingOutputs' },
    ),
    connectSetLoggingFilters: call(
      17,
      { filters: nullableString, flags: uint },
      {},
      { api: 'virAdmConnectSetLoggingFilters' },
    ),
    serverUpdateTlsFiles: call(18, { srv: nonnullServer, flags: uint }, {}, { api: 'virAdmServerUpdateTlsFiles' }),
    connectSetDaemonTimeout: call(19, { timeout: uint, flags: uint }, {}, { api: 'virAdmConnectSetDaemonTimeout' }),
    connectDaemonShutdown: call(20, { flags: uint }, {}, { api: 'virAdmConnectDaemonShutdown' }),
  },
);
