import type { Role, TokenScope } from '#lib/db/schema.ts'

/** A token may do no more than this role, even if its member has a higher one. */
export const scopeRoles: Record<TokenScope, Role> = { read: 'viewer', write: 'editor', operate: 'owner' }

const rank: Record<Role, number> = { viewer: 1, editor: 2, owner: 3 }

/** The role in which a token of this scope acts for a member. */
export function roleWithin(scope: TokenScope, role: Role): Role {
  const most = scopeRoles[scope]
  return rank[most] < rank[role] ? most : role
}

/** The scopes that a caller with this role may give to a token, the smallest first. */
export function scopesOf(role: Role): TokenScope[] {
  const scopes: TokenScope[] = ['read', 'write', 'operate']
  return scopes.filter((scope) => rank[scopeRoles[scope]] <= rank[role])
}
