import { type Domain, domainStates } from '@virtkit/client';
import { bitsOf, controlStates, listDomainsFlags, metadataTypes } from '@virtkit/protocol';
import { type Command, domainOption, flag, type Values } from '../command.js';
import type { Context } from '../context.js';
import { exclusive } from '../exclusive.js';
import { flagSet, joined } from '../flag-set.js';
import { bare, type Output, pairs, plain, table } from '../output.js';
import { stateReasons } from './state-reasons.js';

const group = 'Domain Monitoring';

const stateName = async (domain: Domain): Promise<string> => domainStates[(await domain.state()).state] ?? 'no state';

const byPresence = (a: Domain, b: Domain): number => {
  if (a.id !== undefined && b.id !== undefined) return a.id - b.id;
  if (a.id !== undefined || b.id !== undefined) return a.id === undefined ? 1 : -1;
  return a.name < b.name ? -1 : Number(a.name > b.name);
};

const filters = flagSet(listDomainsFlags, [
  ['persistent', 'persistent', 'list persistent domains'],
  ['transient', 'transient', 'list transient domains'],
  ['state-running', 'running', 'list domains in running state'],
  ['state-paused', 'paused', 'list domains in paused state'],
  ['state-shutoff', 'shutoff', 'list domains in shutoff state'],
  ['state-other', 'other', 'list domains in other states'],
  ['with-managed-save', 'managedSave', 'list domains with managed save state'],
  ['without-managed-save', 'noManagedSave', 'list domains without managed save'],
  ['autostart', 'autostart', 'list domains with autostart enabled'],
  ['no-autostart', 'noAutostart', 'list domains with autostart disabled'],
  ['with-snapshot', 'hasSnapshot', 'list domains with existing snapshot'],
  ['without-snapshot', 'noSnapshot', 'list domains without a snapshot'],
  ['with-checkpoint', 'hasCheckpoint', 'list domains with existing checkpoint'],
  ['without-checkpoint', 'noCheckpoint', 'list domains without a checkpoint'],
]);

function filterFlags(values: Values): number {
  const inactive = values.flag('all') || values.flag('inactive');
  const active = values.flag('all') || !inactive;
  return joined(bitsOf(listDomainsFlags, { active, inactive }), filters.bits(values));
}

async function listed(context: Context, flags: number): Promise<readonly Domain[]> {
  const { domains, remote } = await context.connection();
  const found = await remote.connectListAllDomains({ needResults: 1, flags });
  return found.domains.map((handle) => domains.of(handle)).sort(byPresence);
}

async function titleOf(context: Context, domain: Domain): Promise<string> {
  const { remote } = await context.connection();
  return remote.domainGetMetadata({ dom: domain.handle, type: metadataTypes.words.indexOf('title'), flags: 0 }).then(
    ({ metadata }) => metadata,
    () => '',
  );
}

async function managedSave(context: Context, domain: Domain): Promise<boolean> {
  const { remote } = await context.connection();
  return (await remote.domainHasManagedSaveImage({ dom: domain.handle, flags: 0 })).result > 0;
}

async function listTable(context: Context, found: readonly Domain[], values: Values): Promise<Output> {
  const title = values.flag('title');
  const rows = await Promise.all(
    found.map(async (domain) => {
      const state = await stateName(domain);
      const saved = values.flag('managed-save') && domain.id === undefined && (await managedSave(context, domain));
      const cells = [domain.id ?? '-', domain.name, saved ? 'saved' : state];
      return title ? [...cells, await titleOf(context, domain)] : cells;
    }),
  );
  const data = rows.map(([, name, state, words], at) => ({
    id: found[at]?.id ?? null,
    name,
    uuid: found[at]?.uuid,
    state,
    ...(title ? { title: words } : {}),
  }));
  return { ...table(title ? ['Id', 'Name', 'State', 'Title'] : ['Id', 'Name', 'State'], rows), data };
}

function listColumns(found: readonly Domain[], columns: readonly string[]): Output {
  const cell = (domain: Domain, column: string): string =>
    column === 'name' ? domain.name : column === 'uuid' ? domain.uuid : String(domain.id ?? '-');
  const named = columns.includes('name') || columns.includes('uuid');
  const shown = found.filter(({ id }) => named || id !== undefined);
  const lines = shown.map((domain) => columns.map((column) => cell(domain, column)).join(' '));
  return bare(lines.map((line) => `${line}\n`).join(''), lines);
}

async function security(context: Context, domain: Domain): Promise<readonly (readonly [string, string])[]> {
  const { remote } = await context.connection();
  const model = await remote.nodeGetSecurityModel({}).catch(() => undefined);
  if (model === undefined || model.model === '') return [];
  const label =
    domain.id === undefined
      ? undefined
      : await remote.domainGetSecurityLabel({ dom: domain.handle }).catch(() => undefined);
  const words = label === undefined ? '' : label.label;
  return [
    ['Security model', model.model],
    ['Security DOI', model.doi],
    ...(words === ''
      ? []
      : [['Security label', `${words} (${label?.enforcing ? 'enforcing' : 'permissive'})`] as const]),
  ];
}

/** Warnings of the hypervisor, the first behind a title. */
async function messages(context: Context, domain: Domain): Promise<readonly (readonly [string, string])[]> {
  const { remote } = await context.connection();
  const { msgs } = await remote.domainGetMessages({ dom: domain.handle, flags: 0 }).catch(() => ({ msgs: [] }));
  return msgs.map((message, at) => [at === 0 ? 'Messages' : '', message]);
}

async function dominfo(context: Context, domain: Domain): Promise<Output> {
  const { remote } = await context.connection();
  const dom = domain.handle;
  const [info, { type }, { persistent }, { autostart }, saved] = await Promise.all([
    domain.info(),
    remote.domainGetOSType({ dom }),
    remote.domainIsPersistent({ dom }),
    remote.domainGetAutostart({ dom }),
    managedSave(context, domain),
  ]);
  const time = info.cpuTime === 0n ? [] : ([['CPU time', `${(Number(info.cpuTime) / 1e9).toFixed(1)}s`]] as const);
  return pairs([
    ['Id', domain.id ?? '-'],
    ['Name', domain.name],
    ['UUID', domain.uuid],
    ['OS Type', type],
    ['State', domainStates[info.state] ?? 'no state'],
    ['CPU(s)', info.nrVirtCpu],
    ...time,
    ['Max memory', `${info.maxMem} KiB`],
    ['Used memory', `${info.memory} KiB`],
    ['Persistent', persistent === 0 ? 'no' : 'yes'],
    ['Autostart', autostart === 0 ? 'disable' : 'enable'],
    ['Managed save', saved ? 'yes' : 'no'],
    ...(await security(context, domain)),
    ...(await messages(context, domain)),
  ]);
}

export const domainLookup: readonly Command[] = [
  {
    name: 'list',
    group,
    summary: 'list domains',
    options: [
      flag('inactive', 'list inactive domains'),
      flag('all', 'list inactive & active domains'),
      ...filters.options,
      flag('uuid', "list uuid's only"),
      flag('name', 'list domain names only'),
      flag('id', 'list domain IDs only'),
      flag('table', 'list table (default)'),
      flag('managed-save', 'mark inactive domains with managed save state'),
      flag('title', 'show domain title'),
    ],
    run: async (context, values) => {
      const columns = ['uuid', 'id', 'name'].filter((name) => values.flag(name));
      for (const name of columns) exclusive(values, 'table', name);
      const found = await listed(context, filterFlags(values));
      return columns.length > 0 ? listColumns(found, columns) : listTable(context, found, values);
    },
  },
  {
    name: 'dominfo',
    group,
    summary: 'domain information',
    options: [domainOption],
    run: async (context, values) => dominfo(context, await context.domain(values.text('domain'))),
  },
  {
    name: 'domstate',
    group,
    summary: 'domain state',
    options: [domainOption, flag('reason', 'also print reason for the state')],
    run: async (context, values) => {
      const domain = await context.domain(values.text('domain'));
      const { state, reason } = await domain.state();
      const words = domainStates[state] ?? 'no state';
      const why = stateReasons[state]?.[reason] ?? 'unknown';
      return plain(values.flag('reason') ? `${words} (${why})\n` : `${words}\n`, { state: words, reason: why });
    },
  },
  {
    name: 'domid',
    group: 'Domain Management',
    summary: 'convert a domain name or UUID to domain id',
    options: [domainOption],
    run: async (context, values) => {
      const { id } = await context.domain(values.text('domain'));
      return plain(`${id ?? '-'}\n`, id ?? null);
    },
  },
  {
    name: 'domuuid',
    group: 'Domain Management',
    summary: 'convert a domain name or id to domain UUID',
    options: [domainOption],
    run: async (context, values) => {
      const { uuid } = await context.domain(values.text('domain'));
      return plain(`${uuid}\n`, uuid);
    },
  },
  {
    name: 'domname',
    group: 'Domain Management',
    summary: 'convert a domain id or UUID to domain name',
    options: [domainOption],
    run: async (context, values) => {
      const { name } = await context.domain(values.text('domain'));
      return plain(`${name}\n`, name);
    },
  },
  {
    name: 'domcontrol',
    group,
    summary: 'domain control interface state',
    options: [domainOption],
    run: async (context, values) => {
      const domain = await context.domain(values.text('domain'));
      const { remote } = await context.connection();
      const { state, stateTime } = await remote.domainGetControlInfo({ dom: domain.handle, flags: 0 });
      const word = controlStates.word(state) ?? 'unknown';
      const words = word === 'job' ? 'background job' : word;
      return plain(word === 'ok' ? `${words}\n` : `${words} (${(Number(stateTime) / 1000).toFixed(3)}s)\n`, {
        state: words,
        ms: stateTime,
      });
    },
  },
];
