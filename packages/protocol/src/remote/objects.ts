import { string, uuid } from '../xdr/bytes.js';
import { optional, struct } from '../xdr/composites.js';
import { int } from '../xdr/scalars.js';
import { typedParameter } from '../xdr/typed-parameters.js';
import { limits } from './limits.js';

export const nonnullString = string(limits.string);
export const nullableString = optional(nonnullString);
export const typedParam = typedParameter(limits.string);

/** References to objects as clients send them. Only the uuid (where there is one) identifies; the rest is a hint. */
export const nonnullDomain = struct({ name: nonnullString, uuid: uuid, id: int });
export const nonnullNetwork = struct({ name: nonnullString, uuid: uuid });
export const nonnullNetworkPort = struct({ net: nonnullNetwork, uuid: uuid });
export const nonnullNwfilter = struct({ name: nonnullString, uuid: uuid });
export const nonnullNwfilterBinding = struct({ portdev: nonnullString, filtername: nonnullString });
export const nonnullInterface = struct({ name: nonnullString, mac: nonnullString });
export const nonnullStoragePool = struct({ name: nonnullString, uuid: uuid });
export const nonnullStorageVol = struct({ pool: nonnullString, name: nonnullString, key: nonnullString });
export const nonnullNodeDevice = struct({ name: nonnullString });
export const nonnullSecret = struct({ uuid: uuid, usageType: int, usageID: nonnullString });
export const nonnullDomainCheckpoint = struct({ name: nonnullString, dom: nonnullDomain });
export const nonnullDomainSnapshot = struct({ name: nonnullString, dom: nonnullDomain });
export const nullableDomain = optional(nonnullDomain);
export const nullableNetwork = optional(nonnullNetwork);
export const nullableStoragePool = optional(nonnullStoragePool);
export const nullableNodeDevice = optional(nonnullNodeDevice);
export const nullableSecret = optional(nonnullSecret);
