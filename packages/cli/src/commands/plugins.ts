import { attempt } from '../attempt.js';
import { type Command, text } from '../command.js';
import type { Context } from '../context.js';
import type { Plugins } from '../distribution.js';
import { done, type Output, table } from '../output.js';
import { CommandError, UsageError } from '../usage-error.js';

const actions = ['list', 'add', 'remove', 'doctor'] as const;

function list(plugins: Plugins): Output {
  const found = plugins.list();
  const rows = found.map((each) => [
    each.package,
    each.version ?? '-',
    each.contributes.join(', '),
    each.origin,
    each.problems.length === 0 ? 'ok' : 'unusable',
  ]);
  return { ...table(['Package', 'Version', 'Contributes', 'Origin', 'State'], rows), data: found };
}

/** Exit 1 when something is wrong, so that scripts see it. */
function doctor(plugins: Plugins): Output {
  const ill = plugins.list().filter(({ problems }) => problems.length > 0);
  if (ill.length === 0) return done('All plugins can be used');
  const lines = ill.flatMap((each) => each.problems.map((problem) => `${each.package}: ${problem}`));
  throw new CommandError(lines.join('\nerror: '));
}

async function run(context: Context, action: string, name: string | undefined): Promise<Output> {
  const plugins = await context.plugins();
  if (action === 'list') return list(plugins);
  if (action === 'doctor') return doctor(plugins);
  if (name === undefined) throw new UsageError(`plugin ${action} needs the name of a package`);
  if (action === 'remove') {
    await attempt(`Failed to remove plugin ${name}`, () => plugins.remove(name));
    return done(`Plugin ${name} removed; the daemon forgets it at its next start`);
  }
  const added = await attempt(`Failed to add plugin ${name}`, () => plugins.add(name));
  return done(`Plugin ${added.join(', ')} added; the daemon knows it from its next start on`, { added });
}

export const pluginCommands: readonly Command[] = [
  {
    name: 'plugin',
    group: 'Virtkit itself',
    summary: 'plugins of this installation: list, add PACKAGE, remove PACKAGE, doctor',
    options: [
      text('action', 'list, add, remove or doctor', { required: true, words: actions }),
      text('package', 'npm package, or path of a tarball'),
    ],
    run: (context, values) => {
      const action = values.text('action');
      if (!actions.some((known) => known === action))
        throw new UsageError(`unknown action '${action}'; known are ${actions.join(', ')}`);
      return run(context, action, values.optional('package'));
    },
  },
];
