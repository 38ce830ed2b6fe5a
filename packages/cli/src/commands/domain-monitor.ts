import { type Domain, domainStates } from '@virtkit/client';
import { type Command, domainOption, flag } from '../command.js';
import type { Context } from '../context.js';
import { bare, type Output, pairs, plain, table } from '../output.js';

const group = 'Domain Monitoring';

const stateName = async (domain: Domain): Promise<string> => domainStates[(await domain.state()).state] ?? 'no state';

const byPresence = (a: Domain, b: Domain): number => {
  if (a.id !== undefined && b.id !== undefined) return a.id - b.id;
  if (a.id !== undefined || b.id !== undefined) return a.id === undefined ? 1 : -1;
  return a.name < b.name ? -1 : Number(a.name > b.name);
};

async function listed(
  context: Context,
  filter: { readonly active: boolean; readonly inactive: boolean },
): Promise<readonly Domain[]> {
  const { domains } = await context.connection();
  return [...(await domains.list(filter))].sort(byPresence);
}

async function listTable(found: readonly Domain[]): Promise<Output> {
  const rows = await Promise.all(
    found.map(async (domain) => [domain.id ?? '-', domain.name, await stateName(domain)] as const),
  );
  const output = table(['Id', 'Name', 'State'], rows);
  const data = rows.map(([id, name, state], at) => ({
    id: id === '-' ? null : id,
    name,
    uuid: found[at]?.uuid,
    state,
  }));
  return { ...output, data };
}

export const domainMonitor: readonly Command[] = [
  {
    name: 'list',
    group,
    summary: 'list domains',
    options: [
      flag('all', 'list inactive & active domains'),
      flag('inactive', 'list inactive domains'),
      flag('name', 'list domain names only'),
      flag('uuid', "list uuid's only"),
      flag('id', "list domain id's only"),
    ],
    run: async (context, values) => {
      const active = values.flag('all') || !values.flag('inactive');
      const found = await listed(context, { active, inactive: values.flag('all') || values.flag('inactive') });
      const column = ['name', 'uuid', 'id'].find((name) => values.flag(name));
      if (column === undefined) return listTable(found);
      const words = found.map((domain) =>
        column === 'name' ? domain.name : column === 'uuid' ? domain.uuid : String(domain.id ?? '-'),
      );
      return bare(`${words.map((word) => `${word}\n`).join('')}`, words);
    },
  },
  {
    name: 'domstate',
    group,
    summary: 'domain state',
    options: [domainOption],
    run: async (context, values) => plain(await stateName(await context.domain(values.text('domain')))),
  },
  {
    name: 'dominfo',
    group,
    summary: 'domain information',
    options: [domainOption],
    run: async (context, values) => {
      const domain = await context.domain(values.text('domain'));
      const { remote } = await context.connection();
      const [info, { type }, { persistent }, { autostart }] = await Promise.all([
        domain.info(),
        remote.domainGetOSType({ dom: domain.handle }),
        remote.domainIsPersistent({ dom: domain.handle }),
        remote.domainGetAutostart({ dom: domain.handle }),
      ]);
      const time =
        info.cpuTime === 0n
          ? []
          : ([['CPU time', `${(Number(info.cpuTime / 100_000_000n) / 10).toFixed(1)}s`]] as const);
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
      ]);
    },
  },
];
