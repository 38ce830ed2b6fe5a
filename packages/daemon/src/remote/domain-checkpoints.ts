import {
  backupFlags,
  checkpointChildrenFlags,
  checkpointCreateFlags,
  checkpointListFlags,
  checkpointXmlFlags,
  type Handlers,
  noFlags,
  type remote,
  snapshotDeleteFlags,
} from '@virtkit/protocol';
import { deleteOptions } from './domain-snapshots.js';
import { flagged } from './flagged.js';
import type { RemoteCall } from './state.js';
import { listed, nothing } from './wire.js';

const create = flagged('virDomainCheckpointCreateXML', checkpointCreateFlags);
const xmlDesc = flagged('virDomainCheckpointGetXMLDesc', checkpointXmlFlags);
const list = flagged('virDomainListAllCheckpoints', checkpointListFlags);
const listChildren = flagged('virDomainCheckpointListAllChildren', checkpointChildrenFlags);
const lookup = flagged('virDomainCheckpointLookupByName', noFlags);
const parent = flagged('virDomainCheckpointGetParent', noFlags);
const remove = flagged('virDomainCheckpointDelete', snapshotDeleteFlags);
const beginBackup = flagged('virDomainBackupBegin', backupFlags);
const backupXml = flagged('virDomainBackupGetXMLDesc', noFlags);

/** Checkpoints of domains, and backups. */
export const domainCheckpointHandlers = {
  domainCheckpointCreateXML: async ({ dom, xmlDesc: xml, flags }, { state }) => {
    const { name } = await state.session.checkpoints.create(dom, xml, create.options(flags), create.via(flags));
    return { checkpoint: { name, dom } };
  },
  domainCheckpointGetXMLDesc: async ({ checkpoint: { dom, name }, flags }, { state }) => ({
    xml: await state.session.checkpoints.xmlDesc(dom, name, xmlDesc.options(flags), xmlDesc.via(flags)),
  }),
  domainListAllCheckpoints: async ({ dom, needResults, flags }, { state }) => {
    const nodes = await state.session.checkpoints.list(dom, list.options(flags), list.via(flags));
    const { items, ret } = listed(nodes, needResults, ({ name }) => ({ name, dom }));
    return { checkpoints: items, ret };
  },
  domainCheckpointListAllChildren: async ({ checkpoint, needResults, flags }, { state }) => {
    const { options, via } = listChildren;
    const { dom, name: of } = checkpoint;
    const nodes = await state.session.checkpoints.children(dom, of, options(flags), via(flags));
    const { items, ret } = listed(nodes, needResults, ({ name }) => ({ name, dom }));
    return { checkpoints: items, ret };
  },
  domainCheckpointLookupByName: async ({ dom, name, flags }, { state }) => ({
    checkpoint: { name: (await state.session.checkpoints.lookupByName(dom, name, lookup.via(flags))).name, dom },
  }),
  domainCheckpointGetParent: async ({ checkpoint: { dom, name }, flags }, { state }) => ({
    parent: { name: (await state.session.checkpoints.parent(dom, name, parent.via(flags))).name, dom },
  }),
  domainCheckpointDelete: async ({ checkpoint: { dom, name }, flags }, { state }) =>
    nothing(state.session.checkpoints.delete(dom, name, deleteOptions(remove.options(flags)), remove.via(flags))),
  domainBackupBegin: async ({ dom, backupXml: xml, checkpointXml, flags }, { state }) => {
    const { options, via } = beginBackup;
    return nothing(state.session.backups.begin(dom, xml, checkpointXml, options(flags), via(flags)));
  },
  domainBackupGetXMLDesc: async ({ dom, flags }, { state }) => ({
    xml: await state.session.backups.xmlDesc(dom, backupXml.via(flags)),
  }),
} satisfies Handlers<typeof remote, RemoteCall>;
