import { Buffer } from 'node:buffer';
import type { MigrationReply, MigrationStep } from '@virtkit/core';
import {
  type Handlers,
  migrateFlags,
  migrateSpeedFlags,
  namesOf,
  noFlags,
  type remote,
  type TypedParameter,
} from '@virtkit/protocol';
import { flagged } from './flagged.js';
import { parametersFrom } from './parameters.js';
import type { RemoteCall } from './state.js';
import { nothing } from './wire.js';

const begin = flagged('virDomainMigrateBegin3Params', migrateFlags);
const prepare = flagged('virDomainMigratePrepare3Params', migrateFlags);
const perform = flagged('virDomainMigratePerform3Params', migrateFlags);
const finish = flagged('virDomainMigrateFinish3Params', migrateFlags);
const confirm = flagged('virDomainMigrateConfirm3Params', migrateFlags);
const postCopy = flagged('virDomainMigrateStartPostCopy', noFlags);
const getDowntime = flagged('virDomainMigrateGetMaxDowntime', noFlags);
const setDowntime = flagged('virDomainMigrateSetMaxDowntime', noFlags);
const getSpeed = flagged('virDomainMigrateGetMaxSpeed', migrateSpeedFlags);
const setSpeed = flagged('virDomainMigrateSetMaxSpeed', migrateSpeedFlags);
const getCache = flagged('virDomainMigrateGetCompressionCache', noFlags);
const setCache = flagged('virDomainMigrateSetCompressionCache', noFlags);

/** Migration by parameters, and what tunes it; the forms without parameters are not spoken any more. */
export const domainMigrationHandlers = {
  domainMigrateBegin3Params: async ({ dom, params, flags }, { state }) => {
    const reply = await state.session.migration.begin(dom, step(params, undefined, flags), begin.via(flags));
    return { cookieOut: cookie(reply), xml: reply.xml ?? '' };
  },
  domainMigratePrepare3Params: async ({ params, cookieIn, flags }, { state }) => {
    const { destination } = state.session.migration;
    const reply = await destination.prepare(step(params, cookieIn, flags), prepare.via(flags));
    return { cookieOut: cookie(reply), uriOut: reply.uri };
  },
  domainMigratePerform3Params: async ({ dom, dconnuri, params, cookieIn, flags }, { state }) => {
    const all = step(params, cookieIn, flags, dconnuri === undefined ? [] : [['destination_connection_uri', dconnuri]]);
    return { cookieOut: cookie(await state.session.migration.perform(dom, all, perform.via(flags))) };
  },
  domainMigrateFinish3Params: async ({ params, cookieIn, flags, cancelled }, { state }) => {
    const all = { ...step(params, cookieIn, flags), cancelled: cancelled !== 0 };
    const reply = await state.session.migration.destination.finish(all, finish.via(flags));
    const { name = '', uuid = '00000000-0000-0000-0000-000000000000', id = -1 } = reply.domain ?? {};
    return { dom: { name, uuid, id }, cookieOut: cookie(reply) };
  },
  domainMigrateConfirm3Params: async ({ dom, params, cookieIn, flags, cancelled }, { state }) => {
    const all = { ...step(params, cookieIn, flags), cancelled: cancelled !== 0 };
    return nothing(state.session.migration.confirm(dom, all, confirm.via(flags)));
  },
  domainMigrateStartPostCopy: async ({ dom, flags }, { state }) =>
    nothing(state.session.migration.startPostCopy(dom, postCopy.via(flags))),
  domainMigrateGetMaxDowntime: async ({ dom, flags }, { state }) => ({
    downtime: await state.session.migration.maxDowntime(dom, getDowntime.via(flags)),
  }),
  domainMigrateSetMaxDowntime: async ({ dom, downtime, flags }, { state }) =>
    nothing(state.session.migration.setMaxDowntime(dom, downtime, setDowntime.via(flags))),
  domainMigrateGetMaxSpeed: async ({ dom, flags }, { state }) => ({
    bandwidth: await state.session.migration.maxSpeed(dom, getSpeed.options(flags), getSpeed.via(flags)),
  }),
  domainMigrateSetMaxSpeed: async ({ dom, bandwidth, flags }, { state }) => {
    const { options, via } = setSpeed;
    return nothing(state.session.migration.setMaxSpeed(dom, bandwidth, options(flags), via(flags)));
  },
  domainMigrateGetCompressionCache: async ({ dom, flags }, { state }) => ({
    cacheSize: await state.session.migration.compressionCache(dom, getCache.via(flags)),
  }),
  domainMigrateSetCompressionCache: async ({ dom, cacheSize, flags }, { state }) =>
    nothing(state.session.migration.setCompressionCache(dom, cacheSize, setCache.via(flags))),
} satisfies Handlers<typeof remote, RemoteCall>;

function step(
  params: readonly TypedParameter[],
  cookieIn: Uint8Array | undefined,
  flags: number,
  more: readonly (readonly [string, string])[] = [],
): MigrationStep {
  return {
    parameters: new Map([...parametersFrom(params), ...more]),
    flags: namesOf(migrateFlags, flags),
    ...(cookieIn !== undefined && cookieIn.length > 0 && { cookie: cookieIn }),
  };
}

const cookie = ({ cookie: bytes }: MigrationReply): Uint8Array => bytes ?? Buffer.alloc(0);
