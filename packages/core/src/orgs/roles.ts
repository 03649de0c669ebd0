/** What can be done in an org, as noun and verb. A procedure asks for one of these, never for a role. */
export const permissions = [
  'plugins.read',
  'plugins.write',
  'tokens.read',
  'tokens.spend',
  'billing.read',
  'billing.write',
  'members.read',
  'members.invite',
  'members.write',
  'keys.read',
  'keys.write',
  'settings.write',
  'org.delete',
] as const
export type Permission = (typeof permissions)[number]

export const roles = ['owner', 'admin', 'billing', 'member', 'viewer'] as const
export type Role = (typeof roles)[number]

const reads: readonly Permission[] = ['plugins.read', 'tokens.read', 'members.read']

/** Which role may do what. The one table: every check and the matrix in the UI read it. */
const granted: Record<Role, ReadonlySet<Permission>> = {
  viewer: new Set(reads),
  member: new Set([...reads, 'plugins.write', 'tokens.spend']),
  billing: new Set([...reads, 'billing.read', 'billing.write']),
  admin: new Set(
    permissions.filter((permission) => permission !== 'org.delete' && permission !== 'billing.write'),
  ),
  owner: new Set(permissions),
}

export function roleMay(role: Role, permission: Permission): boolean {
  return granted[role].has(permission)
}
