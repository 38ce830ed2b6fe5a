import { call } from '../program.js';
import { chars } from '../xdr/bytes.js';
import { array } from '../xdr/composites.js';
import { int } from '../xdr/scalars.js';
import { limits } from './limits.js';
import { nonnullString } from './objects.js';

/** Before anything else: which authentication, and its steps. */
export const authRows = {
  authList: call(66, {}, { types: array(int, limits.authTypeList) }, { priority: 'high', beforeAuth: true }),
  authSaslInit: call(67, {}, { mechlist: nonnullString }, { priority: 'high', beforeAuth: true }),
  authSaslStart: call(
    68,
    { mech: nonnullString, nil: int, data: chars(limits.authSaslData) },
    { complete: int, nil: int, data: chars(limits.authSaslData) },
    { priority: 'high', beforeAuth: true },
  ),
  authSaslStep: call(
    69,
    { nil: int, data: chars(limits.authSaslData) },
    { complete: int, nil: int, data: chars(limits.authSaslData) },
    { priority: 'high', beforeAuth: true },
  ),
  authPolkit: call(70, {}, { complete: int }, { priority: 'high', beforeAuth: true }),
} as const;
