import { cpu, domain, type Domain } from '@virtkit/schema';
import {
  attr,
  child,
  content,
  element,
  type Extensions,
  type FieldsOf,
  formatPieces,
  int,
  list,
  oneOf,
  optAttr,
  optChild,
  optText,
  parseElement,
  type Pieces,
  text,
  uint,
  within,
  wrapped,
  yesNo,
} from '@virtkit/xml';
import type { DomainState, DomainStateName } from '@virtkit/core';
import type { GuestResources, QemuRuntime } from './runtime.js';

const taintRows = { flag: attr(text) };
interface Taint extends FieldsOf<typeof taintRows> {}
const vcpuRows = { id: attr(uint()), pid: attr(uint()) };
interface Vcpu extends FieldsOf<typeof vcpuRows> {}
const tapRows = { dev: attr(text) };
interface Tap extends FieldsOf<typeof tapRows> {}
const portRows = { network: attr(text), name: attr(text), port: attr(text) };
interface Port extends FieldsOf<typeof portRows> {}
const ownerRows = { uid: attr(uint()), gid: attr(uint()), path: content(text) };
interface Owner extends FieldsOf<typeof ownerRows> {}
const wordRows = { text: content(text) };
interface Word extends FieldsOf<typeof wordRows> {}
const resourceRows = {
  taps: list(element<Tap>('tap', tapRows)),
  ports: list(element<Port>('port', portRows)),
  owners: list(element<Owner>('owner', ownerRows)),
  helperWords: list(element<Word>('helper', wordRows)),
  group: optText(text),
  files: list(element<Word>('file', wordRows)),
};
interface Resources extends FieldsOf<typeof resourceRows> {}

const states = oneOf('nostate', 'running', 'blocked', 'paused', 'shutdown', 'shutoff', 'crashed', 'pmsuspended');
const rows = {
  state: attr(states),
  reason: attr(text),
  pid: optAttr(uint()),
  startTime: optAttr(text),
  phase: attr(oneOf('starting', 'active')),
  taints: list(element<Taint>('taint', taintRows)),
  ...within('monitor', { monitor: attr(text, { as: 'path' }) }),
  vcpus: wrapped('vcpus', element<Vcpu>('vcpu', vcpuRows)),
  ...within('libDir', { folder: attr(text, { as: 'path' }) }),
  ...within('channelTargetDir', { channels: attr(text, { as: 'path' }) }),
  ...within('nodename', { nodeIndex: attr(uint(), { as: 'index' }) }),
  agentSeconds: optText(int(), { as: 'agentTimeout' }),
  ...within('lifecycle', { autodestroy: attr(yesNo), fakeReboot: attr(yesNo) }),
  originalCpu: optChild(cpu),
  resources: optChild(element<Resources>('resources', resourceRows)),
  definition: child(domain),
};
/** The status document of an active guest. */
interface Status extends FieldsOf<typeof rows> {}
const status = element<Status>('domstatus', rows);

/** Passwords included: whoever reads the guest's state after a restart needs all of it. Only its owner may read the file. */
export function statusPieces(runtime: QemuRuntime, definition: Domain, extensions: Extensions): Pieces<string> {
  const { state, process, resources, taints, vcpus, ...rest } = runtime;
  const value: Status = {
    ...rest,
    state: state.state,
    reason: state.reason,
    ...(process === undefined ? {} : { pid: process.pid, startTime: process.startTime.toString() }),
    taints: taints.map((flag) => ({ flag })),
    vcpus: vcpus.map(({ vcpu, thread }) => ({ id: vcpu, pid: thread })),
    resources: writtenResources(resources),
    definition,
  };
  return formatPieces(status, value, { live: true, secure: true, status: true, extensions });
}

const writtenResources = ({ taps, ports, owners, helperWords, group, files }: GuestResources): Resources => ({
  taps: taps.map((dev) => ({ dev })),
  ports: ports.map(({ network, port }) => ({ network: network.uuid, name: network.name, port })),
  owners: owners.map((owner) => ({ ...owner })),
  helperWords: helperWords.map((word) => ({ text: word })),
  group,
  files: files.map((file) => ({ text: file })),
});

/** @throws what the reader throws for a document of another kind or version. */
export function parseStatus(
  document: string,
  extensions: Extensions,
): { readonly definition: Domain; readonly runtime: QemuRuntime; readonly id?: number } {
  const value = parseElement(status, document, { live: true, secure: true, status: true, extensions });
  const { definition, state, reason, pid, startTime, taints, vcpus, resources, agentSeconds, originalCpu, ...rest } =
    value;
  const runtime: QemuRuntime = {
    phase: rest.phase,
    folder: rest.folder,
    monitor: rest.monitor,
    channels: rest.channels,
    nodeIndex: rest.nodeIndex,
    autodestroy: rest.autodestroy,
    fakeReboot: rest.fakeReboot,
    state: stateFrom(state, reason),
    resources: readResources(resources),
    vcpus: (vcpus ?? []).map((entry) => ({ vcpu: entry.id, thread: entry.pid })),
    taints: taints.map(({ flag }) => flag),
    ...(pid === undefined ? {} : { process: { pid, startTime: BigInt(startTime ?? 0) } }),
    ...(originalCpu === undefined ? {} : { originalCpu }),
    ...(agentSeconds === undefined ? {} : { agentSeconds }),
  };
  return { definition, runtime, ...(definition.id === undefined ? {} : { id: definition.id }) };
}

const stateFrom = (state: DomainStateName, reason: string): DomainState => ({ state, reason });

const readResources = (value: Resources | undefined): GuestResources => ({
  taps: (value?.taps ?? []).map(({ dev }) => dev),
  ports: (value?.ports ?? []).map(({ network, name, port }) => ({ network: { uuid: network, name }, port })),
  owners: value?.owners ?? [],
  helperWords: (value?.helperWords ?? []).map((word) => word.text),
  group: value?.group,
  files: (value?.files ?? []).map((word) => word.text),
});
