import { type SQL, sql } from 'drizzle-orm'

/** Which sermons a person may search: published ones, and every one of the churches they belong to. */
export type SearchScope = {
  /** Churches whose drafts may be found too; empty for people who are not signed in. */
  memberOf: readonly string[]
  sermonId?: string | undefined
}

/** A condition on the table `sermons`, aliased `s`. */
export function visibleSermons(scope: SearchScope): SQL {
  const visible = sql`(s.publication = 'published' or s.church_id = any(${sql.param([...scope.memberOf])}::uuid[]))`
  return scope.sermonId === undefined ? visible : sql`${visible} and s.id = ${scope.sermonId}`
}
