import { index, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'

/**
 * One row per caller and kind of request: when its whole allowance is available again. The migration makes the
 * table unlogged: it changes with every request, and losing it in a crash gives everyone a full allowance.
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

/** Where the right password of an account was given lately. Both columns are digests. */
export const knownClients = pgTable(
  'known_clients',
  {
    account: text().notNull(),
    client: text().notNull(),
    signedInAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.account, table.client] }), index().on(table.signedInAt)],
).enableRLS()
