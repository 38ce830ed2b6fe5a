import { attr, element, type FieldsOf, list, uint } from '@virtkit/xml';
import { errorsFrom } from '../errors/virt-error.js';
import { missing, refuse } from '../values/failures.js';

const domainError = errorsFrom('DOMAIN');

const wrong = {
  ...refuse('XML_ERROR', 'invalid idmap start/target/count settings'),
  ...missing('XML_ERROR', 'invalid idmap start/target/count settings'),
};
const entryRows = { start: attr(uint(), wrong), target: attr(uint(), wrong), count: attr(uint(), wrong) };
/** A range of user or group ids. */
export interface IdmapEntry extends FieldsOf<typeof entryRows> {}

const idmapRows = {
  uids: list(element<IdmapEntry>('uid', entryRows)),
  gids: list(element<IdmapEntry>('gid', entryRows)),
};
/** `<idmap>`, entries in ascending order. */
export interface Idmap extends FieldsOf<typeof idmapRows> {}

const byStart = (a: IdmapEntry, b: IdmapEntry): number => a.start - b.start;

export const idmap = element<Idmap>('idmap', idmapRows, {
  omitEmpty: true,
  refine: ({ uids, gids }) => {
    uids.sort(byStart);
    gids.sort(byStart);
    if ((uids.length === 0) !== (gids.length === 0))
      throw domainError('CONFIG_UNSUPPORTED', 'uid and gid should be mapped both');
    if ((uids[0]?.start ?? 0) !== 0 || (gids[0]?.start ?? 0) !== 0) {
      throw domainError('CONFIG_UNSUPPORTED', 'You must map the root user of container');
    }
  },
});
