import type { CommandContext } from './context.js';

const shortNameLength = 20;

/** Name of a domain's files and folders: its id and the first characters of its name. */
export const shortName = ({
  id,
  name = '',
}: {
  readonly id?: number | undefined;
  readonly name?: string | undefined;
}): string => `${id ?? -1}-${[...name].slice(0, shortNameLength).join('')}`;

/** Folder of one start of a guest. */
export const domainDir = ({ domain, config }: Pick<CommandContext, 'domain' | 'config'>): string =>
  `${config.libDir}/domain-${shortName(domain)}`;
