import { type SQL, sql } from 'drizzle-orm'
import { sermons } from '#lib/db/schema.ts'

/** When a sermon was published for the first time; when it was added, if it never was. */
export const firstPublished = sql`coalesce(${sermons.firstPublishedAt}, ${sermons.publishedAt}, ${sermons.createdAt})`

const moment = (at: SQL | typeof sermons.createdAt) =>
  sql`to_char(${at} at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')`

/** The day and moments of a sermon as a text that is greater for a later one. */
const sortText = sql`coalesce(${sermons.preachedOn}::text, '') || ' ' || ${moment(firstPublished)} || ' ' ||
  ${moment(sermons.createdAt)}`

/**
 * The place of a sermon among the newest: by the day it was preached, and on one day by when it was published. All
 * sermons without a day come after those that have one, as they are often texts and recordings of earlier years.
 */
export const newestPosition = sql<string>`case when ${sermons.preachedOn} is null then '0' else '1' end || ${sortText}`

/** The place of a sermon when the first preached comes first; those without a day come last here too. */
export const oldestPosition = sql<string>`case when ${sermons.preachedOn} is null then '1' else '0' end || ${sortText}`
