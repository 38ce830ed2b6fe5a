import { libvirtVersion } from '@virtkit/core';
import { type admin, type Handlers, type TypedParameterInput } from '@virtkit/protocol';
import { errorsFrom } from '@virtkit/schema';
import type { AdminCall, AdministeredClient, AdministeredServer, AdminState } from './state.js';

const adminError = errorsFrom('ADMIN');
const UNIX = 0;

/** What virt-admin asks: servers, their clients and limits. */
export const adminHandlers = {
  connectOpen: ({ flags }, { state }) => {
    refuseFlags(flags, 'virAdmConnectOpen');
    state.opened = true;
    return {};
  },
  connectClose: (_args, { client, state }) => {
    state.opened = false;
    client.closeWhenAnswered();
    return {};
  },
  connectGetLibVersion: () => ({ libVer: libvirtVersion }),
  connectListServers: ({ needResults, flags }, { state }) => {
    refuseFlags(flags, 'virAdmConnectListServers');
    const servers = openedServers(state).map(({ name }) => ({ name }));
    return { servers: needResults ? servers : [], ret: servers.length };
  },
  connectLookupServer: ({ name, flags }, { state }) => {
    refuseFlags(flags, 'virAdmConnectLookupServer');
    return { srv: { name: server(state, name).name } };
  },
  serverListClients: ({ srv, needResults, flags }, { state }) => {
    refuseFlags(flags, 'virAdmServerListClients');
    const clients = server(state, srv.name).clients.map((client) => wireClient(srv.name, client));
    return { clients: needResults ? clients : [], ret: clients.length };
  },
  serverLookupClient: ({ srv, id, flags }, { state }) => {
    refuseFlags(flags, 'virAdmServerLookupClient');
    return { clnt: wireClient(srv.name, server(state, srv.name).client(Number(id))) };
  },
  clientGetInfo: ({ clnt, flags }, { state }) => {
    refuseFlags(flags, 'virAdmClientGetInfo');
    return { params: clientInfo(server(state, clnt.srv.name).client(Number(clnt.id))) };
  },
  clientClose: ({ clnt, flags }, { state }) => {
    refuseFlags(flags, 'virAdmClientClose');
    server(state, clnt.srv.name).client(Number(clnt.id)).peer.close();
    return {};
  },
  serverGetClientLimits: ({ srv, flags }, { state }) => {
    refuseFlags(flags, 'virAdmServerGetClientLimits');
    const { limits, clientCount } = server(state, srv.name);
    return {
      params: [
        uint('nclients_max', limits.maxClients),
        uint('nclients', clientCount),
        uint('nclients_unauth_max', limits.maxClients),
        uint('nclients_unauth', 0),
      ],
    };
  },
  serverSetClientLimits: ({ srv, params, flags }, { state }) => {
    refuseFlags(flags, 'virAdmServerSetClientLimits');
    const { limits } = server(state, srv.name);
    for (const { field, value } of params) {
      if (field !== 'nclients_max' || typeof value !== 'number' || value < 1) {
        throw adminError('INVALID_ARG', `parameter '${field}' not supported`);
      }
      limits.maxClients = value;
    }
    return {};
  },
  serverGetThreadPoolParameters: ({ srv, flags }, { state }) => {
    refuseFlags(flags, 'virAdmServerGetThreadPoolParameters');
    server(state, srv.name);
    const one = ['minWorkers', 'maxWorkers', 'nWorkers', 'prioWorkers'].map((name) => uint(name, 1));
    return { params: [...one, uint('freeWorkers', 0), uint('jobQueueDepth', 0)] };
  },
  connectSetDaemonTimeout: ({ timeout, flags }, { state }) => {
    refuseFlags(flags, 'virAdmConnectSetDaemonTimeout');
    state.daemon.setTimeout(timeout);
    return {};
  },
  connectDaemonShutdown: ({ flags }, { state }) => {
    refuseFlags(flags, 'virAdmConnectDaemonShutdown');
    state.daemon.shutdown();
    return {};
  },
} satisfies Handlers<typeof admin, AdminCall>;

const uint = (field: string, value: number): TypedParameterInput => ({ field, type: 'uint', value });

function openedServers(state: AdminState): readonly AdministeredServer[] {
  if (!state.opened) throw adminError('INTERNAL_ERROR', 'no admin connection open');
  return state.daemon.servers;
}

function server(state: AdminState, name: string): AdministeredServer {
  const found = openedServers(state).find((one) => one.name === name);
  if (found === undefined) throw adminError('NO_SERVER', `No server named '${name}'`);
  return found;
}

const wireClient = (name: string, client: AdministeredClient) => ({
  srv: { name },
  id: client.id,
  timestamp: client.connectedAt,
  transport: UNIX,
});

const clientInfo = (client: AdministeredClient): TypedParameterInput[] => [
  { field: 'readonly', type: 'boolean', value: client.rules.readOnly },
];

function refuseFlags(flags: number, api: string): void {
  if (flags !== 0) throw adminError('INVALID_ARG', `unsupported flags (0x${flags.toString(16)}) in function ${api}`);
}
