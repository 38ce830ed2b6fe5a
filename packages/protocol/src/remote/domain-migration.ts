import { call } from '../program.js';
import { opaque } from '../xdr/bytes.js';
import { array } from '../xdr/composites.js';
import { int, uint, unsignedHyper } from '../xdr/scalars.js';
import { limits } from './limits.js';
import { nonnullDomain, nonnullString, nullableString, typedParam } from './objects.js';

/** Migration: the five protocols and what tunes them. */
export const domainMigrationRows = {
  domainMigratePrepare: call(
    61,
    { uriIn: nullableString, flags: unsignedHyper, dname: nullableString, resource: unsignedHyper },
    { cookie: opaque(limits.migrateCookie), uriOut: nullableString },
    { acl: ['domain:migrate', 'domain:start', 'domain:write'], readOnly: 'denied' },
  ),
  domainMigratePerform: call(
    62,
    {
      dom: nonnullDomain,
      cookie: opaque(limits.migrateCookie),
      uri: nonnullString,
      flags: unsignedHyper,
      dname: nullableString,
      resource: unsignedHyper,
    },
    {},
    { acl: ['domain:migrate'], readOnly: 'denied' },
  ),
  domainMigrateFinish: call(
    63,
    { dname: nonnullString, cookie: opaque(limits.migrateCookie), uri: nonnullString, flags: unsignedHyper },
    { ddom: nonnullDomain },
    { acl: ['domain:migrate'], readOnly: 'denied' },
  ),
  domainMigratePrepare2: call(
    108,
    {
      uriIn: nullableString,
      flags: unsignedHyper,
      dname: nullableString,
      resource: unsignedHyper,
      domXml: nonnullString,
    },
    { cookie: opaque(limits.migrateCookie), uriOut: nullableString },
    { acl: ['domain:migrate', 'domain:start', 'domain:write'], readOnly: 'denied' },
  ),
  domainMigrateFinish2: call(
    109,
    {
      dname: nonnullString,
      cookie: opaque(limits.migrateCookie),
      uri: nonnullString,
      flags: unsignedHyper,
      retcode: int,
    },
    { ddom: nonnullDomain },
    { acl: ['domain:migrate'], readOnly: 'denied' },
  ),
  domainMigratePrepareTunnel: call(
    148,
    { flags: unsignedHyper, dname: nullableString, resource: unsignedHyper, domXml: nonnullString },
    {},
    { acl: ['domain:migrate', 'domain:start', 'domain:write'], readOnly: 'denied', stream: { direction: 'write' } },
  ),
  domainMigrateSetMaxDowntime: call(
    166,
    { dom: nonnullDomain, downtime: unsignedHyper, flags: uint },
    {},
    { acl: ['domain:migrate'], readOnly: 'denied' },
  ),
  domainMigrateSetMaxSpeed: call(
    207,
    { dom: nonnullDomain, bandwidth: unsignedHyper, flags: uint },
    {},
    { acl: ['domain:migrate'], readOnly: 'denied' },
  ),
  domainMigrateBegin3: call(
    213,
    { dom: nonnullDomain, xmlin: nullableString, flags: unsignedHyper, dname: nullableString, resource: unsignedHyper },
    { cookieOut: opaque(limits.migrateCookie), xml: nonnullString },
    { acl: ['domain:migrate'], readOnly: 'denied' },
  ),
  domainMigratePrepare3: call(
    214,
    {
      cookieIn: opaque(limits.migrateCookie),
      uriIn: nullableString,
      flags: unsignedHyper,
      dname: nullableString,
      resource: unsignedHyper,
      domXml: nonnullString,
    },
    { cookieOut: opaque(limits.migrateCookie), uriOut: nullableString },
    { acl: ['domain:migrate', 'domain:start', 'domain:write'], readOnly: 'denied' },
  ),
  domainMigratePrepareTunnel3: call(
    215,
    {
      cookieIn: opaque(limits.migrateCookie),
      flags: unsignedHyper,
      dname: nullableString,
      resource: unsignedHyper,
      domXml: nonnullString,
    },
    { cookieOut: opaque(limits.migrateCookie) },
    { acl: ['domain:migrate', 'domain:start', 'domain:write'], readOnly: 'denied', stream: { direction: 'write' } },
  ),
  domainMigratePerform3: call(
    216,
    {
      dom: nonnullDomain,
      xmlin: nullableString,
      cookieIn: opaque(limits.migrateCookie),
      dconnuri: nullableString,
      uri: nullableString,
      flags: unsignedHyper,
      dname: nullableString,
      resource: unsignedHyper,
    },
    { cookieOut: opaque(limits.migrateCookie) },
    { acl: ['domain:migrate'], readOnly: 'denied' },
  ),
  domainMigrateFinish3: call(
    217,
    {
      dname: nonnullString,
      cookieIn: opaque(limits.migrateCookie),
      dconnuri: nullableString,
      uri: nullableString,
      flags: unsignedHyper,
      cancelled: int,
    },
    { dom: nonnullDomain, cookieOut: opaque(limits.migrateCookie) },
    { acl: ['domain:migrate'], readOnly: 'denied' },
  ),
  domainMigrateConfirm3: call(
    218,
    { dom: nonnullDomain, cookieIn: opaque(limits.migrateCookie), flags: unsignedHyper, cancelled: int },
    {},
    { acl: ['domain:migrate'], readOnly: 'denied' },
  ),
  domainMigrateGetMaxSpeed: call(
    242,
    { dom: nonnullDomain, flags: uint },
    { bandwidth: unsignedHyper },
    { acl: ['domain:migrate'], readOnly: 'denied' },
  ),
  domainMigrateGetCompressionCache: call(
    299,
    { dom: nonnullDomain, flags: uint },
    { cacheSize: unsignedHyper },
    { acl: ['domain:migrate'] },
  ),
  domainMigrateSetCompressionCache: call(
    300,
    { dom: nonnullDomain, cacheSize: unsignedHyper, flags: uint },
    {},
    { acl: ['domain:migrate'], readOnly: 'denied' },
  ),
  domainMigrateBegin3Params: call(
    302,
    { dom: nonnullDomain, params: array(typedParam, limits.domainMigrateParamList), flags: uint },
    { cookieOut: opaque(limits.migrateCookie), xml: nonnullString },
    { acl: ['domain:migrate'], readOnly: 'denied' },
  ),
  domainMigratePrepare3Params: call(
    303,
    { params: array(typedParam, limits.domainMigrateParamList), cookieIn: opaque(limits.migrateCookie), flags: uint },
    { cookieOut: opaque(limits.migrateCookie), uriOut: nullableString },
    { acl: ['domain:migrate', 'domain:start', 'domain:write'], readOnly: 'denied' },
  ),
  domainMigratePrepareTunnel3Params: call(
    304,
    { params: array(typedParam, limits.domainMigrateParamList), cookieIn: opaque(limits.migrateCookie), flags: uint },
    { cookieOut: opaque(limits.migrateCookie) },
    { acl: ['domain:migrate', 'domain:start', 'domain:write'], readOnly: 'denied' },
  ),
  domainMigratePerform3Params: call(
    305,
    {
      dom: nonnullDomain,
      dconnuri: nullableString,
      params: array(typedParam, limits.domainMigrateParamList),
      cookieIn: opaque(limits.migrateCookie),
      flags: uint,
    },
    { cookieOut: opaque(limits.migrateCookie) },
    { acl: ['domain:migrate'], readOnly: 'denied' },
  ),
  domainMigrateFinish3Params: call(
    306,
    {
      params: array(typedParam, limits.domainMigrateParamList),
      cookieIn: opaque(limits.migrateCookie),
      flags: uint,
      cancelled: int,
    },
    { dom: nonnullDomain, cookieOut: opaque(limits.migrateCookie) },
    { acl: ['domain:migrate'], readOnly: 'denied' },
  ),
  domainMigrateConfirm3Params: call(
    307,
    {
      dom: nonnullDomain,
      params: array(typedParam, limits.domainMigrateParamList),
      cookieIn: opaque(limits.migrateCookie),
      flags: uint,
      cancelled: int,
    },
    {},
    { acl: ['domain:migrate'], readOnly: 'denied' },
  ),
  domainMigrateStartPostCopy: call(
    364,
    { dom: nonnullDomain, flags: uint },
    {},
    { acl: ['domain:migrate'], readOnly: 'denied' },
  ),
  domainMigrateGetMaxDowntime: call(
    387,
    { dom: nonnullDomain, flags: uint },
    { downtime: unsignedHyper },
    { acl: ['domain:migrate'] },
  ),
} as const;
