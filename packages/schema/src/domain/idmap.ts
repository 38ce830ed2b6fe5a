import { attr, element, type FieldsOf, list, uint } from '@virtkit/xml';

const entryRows = { start: attr(uint()), target: attr(uint()), count: attr(uint()) };
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
  },
});
