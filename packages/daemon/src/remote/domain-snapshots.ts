import {
  type Handlers,
  limits,
  noFlags,
  type remote,
  secureFlags,
  snapshotChildrenFlags,
  snapshotCreateFlags,
  snapshotDeleteFlags,
  snapshotListFlags,
  snapshotRevertFlags,
} from '@virtkit/protocol';
import { flagged } from './flagged.js';
import type { RemoteCall } from './state.js';
import { bit, checkedMax, listed, nothing } from './wire.js';

const create = flagged('virDomainSnapshotCreateXML', snapshotCreateFlags);
const xmlDesc = flagged('virDomainSnapshotGetXMLDesc', secureFlags);
const count = flagged('virDomainSnapshotNum', snapshotListFlags);
const names = flagged('virDomainSnapshotListNames', snapshotListFlags);
const list = flagged('virDomainListAllSnapshots', snapshotListFlags);
const countChildren = flagged('virDomainSnapshotNumChildren', snapshotChildrenFlags);
const childNames = flagged('virDomainSnapshotListChildrenNames', snapshotChildrenFlags);
const listChildren = flagged('virDomainSnapshotListAllChildren', snapshotChildrenFlags);
const lookup = flagged('virDomainSnapshotLookupByName', noFlags);
const hasCurrent = flagged('virDomainHasCurrentSnapshot', noFlags);
const current = flagged('virDomainSnapshotCurrent', noFlags);
const parent = flagged('virDomainSnapshotGetParent', noFlags);
const isCurrent = flagged('virDomainSnapshotIsCurrent', noFlags);
const hasMetadata = flagged('virDomainSnapshotHasMetadata', noFlags);
const revert = flagged('virDomainRevertToSnapshot', snapshotRevertFlags);
const remove = flagged('virDomainSnapshotDelete', snapshotDeleteFlags);

interface WireHandle {
  readonly name: string;
  readonly uuid: string;
  readonly id: number;
}
const wireSnapshot = (dom: WireHandle, name: string) => ({ name, dom });
const atMost = (max: number, api: string): number =>
  checkedMax(max, limits.domainSnapshotList, 'maxnames', 'REMOTE_DOMAIN_SNAPSHOT_LIST_MAX', api);

/** Snapshots of domains. */
export const domainSnapshotHandlers = {
  domainSnapshotCreateXML: async ({ dom, xmlDesc: xml, flags }, { state }) => {
    const { name } = await state.session.snapshots.create(dom, xml, create.options(flags), create.via(flags));
    return { snap: wireSnapshot(dom, name) };
  },
  domainSnapshotGetXMLDesc: async ({ snap, flags }, { state }) => ({
    xml: await state.session.snapshots.xmlDesc(snap.dom, snap.name, xmlDesc.options(flags), xmlDesc.via(flags)),
  }),
  domainSnapshotNum: async ({ dom, flags }, { state }) => ({
    num: (await state.session.snapshots.list(dom, count.options(flags), count.via(flags))).length,
  }),
  domainSnapshotListNames: async ({ dom, maxnames, flags }, { state }) => {
    const max = atMost(maxnames, 'virDomainSnapshotListNames');
    const nodes = await state.session.snapshots.list(dom, names.options(flags), names.via(flags));
    return { names: nodes.slice(0, max).map(({ name }) => name) };
  },
  domainListAllSnapshots: async ({ dom, needResults, flags }, { state }) => {
    const nodes = await state.session.snapshots.list(dom, list.options(flags), list.via(flags));
    const { items, ret } = listed(nodes, needResults, ({ name }) => wireSnapshot(dom, name));
    return { snapshots: items, ret };
  },
  domainSnapshotNumChildren: async ({ snap, flags }, { state }) => {
    const { options, via } = countChildren;
    return { num: (await state.session.snapshots.children(snap.dom, snap.name, options(flags), via(flags))).length };
  },
  domainSnapshotListChildrenNames: async ({ snap, maxnames, flags }, { state }) => {
    const max = atMost(maxnames, 'virDomainSnapshotListChildrenNames');
    const { options, via } = childNames;
    const nodes = await state.session.snapshots.children(snap.dom, snap.name, options(flags), via(flags));
    return { names: nodes.slice(0, max).map(({ name }) => name) };
  },
  domainSnapshotListAllChildren: async ({ snapshot, needResults, flags }, { state }) => {
    const { options, via } = listChildren;
    const { dom, name: of } = snapshot;
    const nodes = await state.session.snapshots.children(dom, of, options(flags), via(flags));
    const { items, ret } = listed(nodes, needResults, ({ name }) => wireSnapshot(dom, name));
    return { snapshots: items, ret };
  },
  domainSnapshotLookupByName: async ({ dom, name, flags }, { state }) => ({
    snap: wireSnapshot(dom, (await state.session.snapshots.lookupByName(dom, name, lookup.via(flags))).name),
  }),
  domainHasCurrentSnapshot: async ({ dom, flags }, { state }) => ({
    result: bit(await state.session.snapshots.hasCurrent(dom, hasCurrent.via(flags))),
  }),
  domainSnapshotCurrent: async ({ dom, flags }, { state }) => ({
    snap: wireSnapshot(dom, (await state.session.snapshots.current(dom, current.via(flags))).name),
  }),
  domainSnapshotGetParent: async ({ snap, flags }, { state }) => ({
    snap: wireSnapshot(snap.dom, (await state.session.snapshots.parent(snap.dom, snap.name, parent.via(flags))).name),
  }),
  domainSnapshotIsCurrent: async ({ snap, flags }, { state }) => ({
    current: bit((await state.session.snapshots.lookupByName(snap.dom, snap.name, isCurrent.via(flags))).current),
  }),
  domainSnapshotHasMetadata: async ({ snap, flags }, { state }) => ({
    metadata: bit(
      (await state.session.snapshots.lookupByName(snap.dom, snap.name, hasMetadata.via(flags))).hasMetadata,
    ),
  }),
  domainRevertToSnapshot: async ({ snap, flags }, { state }) =>
    nothing(state.session.snapshots.revert(snap.dom, snap.name, revert.options(flags), revert.via(flags))),
  domainSnapshotDelete: async ({ snap, flags }, { state }) => {
    const options = deleteOptions(remove.options(flags));
    return nothing(state.session.snapshots.delete(snap.dom, snap.name, options, remove.via(flags)));
  },
} satisfies Handlers<typeof remote, RemoteCall>;

interface DeleteFlags {
  readonly children?: true;
  readonly metadataOnly?: true;
  readonly childrenOnly?: true;
}

/** For snapshots and checkpoints alike. */
export const deleteOptions = ({ children, metadataOnly, childrenOnly }: DeleteFlags) => ({
  ...(children && { children: 'also' as const }),
  ...(childrenOnly && { children: 'only' as const }),
  ...(metadataOnly && { metadataOnly }),
});
