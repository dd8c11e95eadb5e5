import {
  boolean,
  customType,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core'
import { sermons } from './catalogue.ts'
import { churches, profiles } from './people.ts'

const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' })

/** What podcast apps show about a church and ask of it. A church without a row has the defaults. */
export const podcasts = pgTable('podcasts', {
  churchId: uuid()
    .primaryKey()
    .references(() => churches.id, { onDelete: 'cascade' }),
  description: text().notNull().default(''),
  author: text().notNull().default(''),
  ownerEmail: text().notNull().default(''),
  /** `Main > Subcategory` of Apple's list. */
  category: text().notNull().default('Religion & Spirituality > Christianity'),
  language: text().notNull().default('en'),
  isExplicit: boolean().notNull().default(false),
  /** Other podcast hosts may not take over the feed without asking the owner. */
  isLocked: boolean().notNull().default(true),
  /** The code with which Apple Podcasts checks who owns the feed. */
  appleCode: text().notNull().default(''),
  /** The church's own cover as a square JPEG; null where one is generated. */
  cover: bytea(),
  updatedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
}).enableRLS()

/** Where a signed-in listener is in a recording. */
export const positions = pgTable(
  'positions',
  {
    userId: uuid()
      .notNull()
      .references(() => profiles.id, { onDelete: 'cascade' }),
    sermonId: uuid()
      .notNull()
      .references(() => sermons.id, { onDelete: 'cascade' }),
    /** The recording it belongs to; a place in another one means nothing. */
    mediaRevision: integer().notNull(),
    positionMs: integer().notNull(),
    isFinished: boolean().notNull().default(false),
    /** When the listener was there, not when the server was told. */
    listenedAt: timestamp({ withTimezone: true, precision: 3 }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.sermonId] }),
    index().on(table.sermonId),
    index().on(table.userId, table.listenedAt),
  ],
).enableRLS()
