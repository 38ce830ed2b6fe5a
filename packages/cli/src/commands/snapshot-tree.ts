/** A name and the name above it. */
export interface Branch {
  readonly name: string;
  readonly parent: string | undefined;
}

interface Place {
  readonly indent: string;
  readonly root: boolean;
  readonly last: boolean;
}

function lines(branch: Branch, all: readonly Branch[], { indent, root, last }: Place): readonly string[] {
  const below = root ? indent : `${indent}${last ? ' ' : '|'} `;
  const children = all.filter(({ parent }) => parent === branch.name);
  const inside = children.flatMap((child, at) =>
    lines(child, all, { indent: `${below}  `, root: false, last: at === children.length - 1 }),
  );
  const own = `${indent}${root ? '' : '+- '}${branch.name}`;
  if (children.length > 0) return [own, `${below}  |`, ...inside];
  return last ? [own, below] : [own];
}

/** Names below each other, as virsh draws them. */
export function treeText(branches: readonly Branch[]): string {
  const names = new Set(branches.map(({ name }) => name));
  const roots = branches.filter(({ parent }) => parent === undefined || !names.has(parent));
  return roots
    .flatMap((root) => lines(root, branches, { indent: '', root: true, last: true }))
    .map((line) => `${line}\n`)
    .join('');
}
