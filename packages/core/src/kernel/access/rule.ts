/** `domain:start`: object kind and permission, as libvirt's access rules spell them. */
export type Permission = `${string}:${string}`;
/** Options a permission can depend on. `config` also holds when neither live nor config was asked for. */
export type PermissionCondition = 'config' | 'secure' | 'migratable' | 'agent' | 'quiesce' | 'guest';

export interface ConditionalPermission {
  readonly permission: Permission;
  readonly when?: PermissionCondition;
}
/** What a public function needs of its caller. */
export interface FunctionRule {
  /** Whether a read-only connection may call it at all. */
  readonly readOnly: boolean;
  readonly permissions: readonly ConditionalPermission[];
}

type Written = Permission | `${Permission}?${PermissionCondition}`;

/** Open to read-only connections. */
export const allowed = (...permissions: readonly Written[]): FunctionRule => ({
  readOnly: true,
  permissions: permissions.map(parse),
});
/** Refused to read-only connections. */
export const denied = (...permissions: readonly Written[]): FunctionRule => ({
  readOnly: false,
  permissions: permissions.map(parse),
});

function parse(written: Written): ConditionalPermission {
  const [permission, when] = written.split('?') as [Permission, PermissionCondition?];
  return when === undefined ? { permission } : { permission, when };
}

/** Whether a permission applies to a call with these options. */
export function applies(permission: ConditionalPermission, options: object): boolean {
  if (permission.when === undefined) return true;
  if (permission.when === 'config') return chosen(options, 'config') || !chosen(options, 'live');
  return chosen(options, permission.when);
}

function chosen(options: object, name: string): boolean {
  const value: unknown = Reflect.get(options, name);
  return value !== undefined && value !== false;
}
