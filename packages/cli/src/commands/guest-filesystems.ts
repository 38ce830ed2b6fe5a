import { attempt } from '../attempt.js';
import { chosenDomain } from '../chosen-domain.js';
import { type Command, domainOption, number, type OptionRow, text } from '../command.js';
import { bare, nothing, plain, table } from '../output.js';

const group = 'Domain Management';

const mountpoints = (summary: string): OptionRow => text('mountpoint', summary, { rest: true });

/** Verbs that stop and go on with writing to the guest's disks. */
const holding = (verb: 'freeze' | 'thaw', call: 'domainFSFreeze' | 'domainFSThaw', past: string): Command => ({
  name: `domfs${verb}`,
  group,
  summary: `${verb === 'freeze' ? 'Freeze' : 'Thaw'} domain's mounted filesystems.`,
  options: [domainOption, mountpoints(`mountpoint path to be ${past.toLowerCase()}`)],
  run: async (context, values) => {
    const { dom, remote } = await chosenDomain(context, values);
    const { filesystems } = await attempt(`Unable to ${verb} filesystems`, () =>
      remote[call]({ dom, mountpoints: values.list('mountpoint'), flags: 0 }),
    );
    return plain(`${past} ${filesystems} filesystem(s)\n`, { filesystems });
  },
});

/** The filesystems of a guest, as its agent sees them. */
export const guestFilesystems: readonly Command[] = [
  {
    name: 'domfsinfo',
    group: 'Domain Monitoring',
    summary: "Get information of domain's mounted filesystems.",
    options: [domainOption],
    run: async (context, values) => {
      const { dom, remote } = await chosenDomain(context, values);
      const { info } = await attempt('Unable to get filesystem information', () =>
        remote.domainGetFSInfo({ dom, flags: 0 }),
      );
      if (info.length === 0) return bare('No filesystems are mounted in the domain', []);
      const rows = info.map(({ mountpoint, name, fstype, devAliases }) => [
        mountpoint,
        name,
        fstype,
        devAliases.join(','),
      ]);
      return table(['Mountpoint', 'Name', 'Type', 'Target'], rows);
    },
  },
  holding('freeze', 'domainFSFreeze', 'Froze'),
  holding('thaw', 'domainFSThaw', 'Thawed'),
  {
    name: 'domfstrim',
    group,
    summary: "Invoke fstrim on domain's mounted filesystems.",
    options: [
      domainOption,
      number('minimum', 'Just a hint to ignore contiguous free ranges smaller than this (Bytes)', { named: true }),
      text('mountpoint', 'which mount point to trim', { named: true }),
    ],
    run: async (context, values) => {
      const { dom, remote } = await chosenDomain(context, values);
      const minimum = BigInt(values.number('minimum') ?? 0);
      await attempt('Unable to invoke fstrim', () =>
        remote.domainFSTrim({ dom, mountPoint: values.optional('mountpoint'), minimum, flags: 0 }),
      );
      return nothing;
    },
  },
];
