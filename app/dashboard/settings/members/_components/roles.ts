import type { Role } from '#lib/db/schema.ts'

/** The roles, the one with the most permissions first. */
export const roles: readonly Role[] = ['owner', 'editor', 'viewer']
