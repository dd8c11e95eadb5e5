import { index, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'

/**
 * One row per caller and kind of request: when its full allowance is available again. The migration makes the
 * table unlogged: it changes with every request, and losing it in a crash only resets the limits.
 */
export const rateLimits = pgTable(
  'rate_limits',
  {
    /** A digest: addresses of visitors are not stored. */
    key: text().primaryKey(),
    fullAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [index().on(table.fullAt)],
).enableRLS()

/** Clients that recently signed in to an account. Both columns are digests. */
export const knownClients = pgTable(
  'known_clients',
  {
    account: text().notNull(),
    client: text().notNull(),
    signedInAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.account, table.client] }), index().on(table.signedInAt)],
).enableRLS()
