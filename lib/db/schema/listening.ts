import {
  bigserial,
  boolean,
  customType,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core'
import { sermons } from './catalogue.ts'
import { churches, profiles } from './people.ts'

const int8multirange = customType<{ data: string }>({ dataType: () => 'int8multirange' })
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

/** Sermons in three lists, playlists and the sermons in them, followed series, and bookmarks. */
export const libraryItemKinds = [
  'later',
  'queue',
  'heard',
  'playlist',
  'listed',
  'followed',
  'bookmark',
] as const
export type LibraryItemKind = (typeof libraryItemKinds)[number]

/** What a listener with an account keeps: one row for each item, and for a while for each item that was removed. */
export const libraryItems = pgTable(
  'library_items',
  {
    userId: uuid()
      .notNull()
      .references(() => profiles.id, { onDelete: 'cascade' }),
    kind: text({ enum: libraryItemKinds }).notNull(),
    /** Names the item within its kind: a recording, a series, or what the browser chose. */
    itemId: text().notNull(),
    /** Null when it was removed: a device that still has it then removes it too. */
    value: jsonb(),
    /** When the listener changed it, not when the server was told. */
    changedAt: timestamp({ withTimezone: true, precision: 3 }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.kind, table.itemId] })],
).enableRLS()

/** What makes the digests of one day. It is deleted with them, after which no digest can be compared with an address. */
export const downloadSalts = pgTable('download_salts', {
  day: date({ mode: 'string' }).primaryKey(),
  salt: bytea().notNull(),
}).enableRLS()

/** What one listener requested of one podcast file in one day (UTC). Counted and deleted when the day is over. */
export const downloadRequests = pgTable(
  'download_requests',
  {
    day: date({ mode: 'string' }).notNull(),
    sermonId: uuid()
      .notNull()
      .references(() => sermons.id, { onDelete: 'cascade' }),
    /** Of the day's salt, the network address and the user agent. */
    listener: text().notNull(),
    /** The requested bytes, merged. */
    ranges: int8multirange().notNull(),
    /** How many bytes make one minute of the file: fewer are no download. */
    minuteBytes: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.day, table.sermonId, table.listener] }),
    index().on(table.sermonId),
  ],
).enableRLS()

/** Downloads of a sermon's podcast file in one day (UTC). */
export const downloadCounts = pgTable(
  'download_counts',
  {
    sermonId: uuid()
      .notNull()
      .references(() => sermons.id, { onDelete: 'cascade' }),
    day: date({ mode: 'string' }).notNull(),
    downloads: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.sermonId, table.day] })],
).enableRLS()

export const playbackKinds = ['start', 'stall'] as const
/** Why the sound stopped: no network, a server that answers with an error, a jump, or data that came too slowly. */
export const stallCauses = ['offline', 'server', 'seek', 'slow'] as const

/** How long a listener waited for sound. Nothing says who it was. */
export const playbackReports = pgTable(
  'playback_reports',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    churchId: uuid()
      .notNull()
      .references(() => churches.id, { onDelete: 'cascade' }),
    kind: text({ enum: playbackKinds }).notNull(),
    /** Null for a start. */
    cause: text({ enum: stallCauses }),
    waitedMs: integer().notNull(),
    reportedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [index().on(table.churchId, table.reportedAt), index().on(table.reportedAt)],
).enableRLS()

/** The state of a church's feeds of which the WebSub hub was notified, and when another one is tried. */
export const feedPings = pgTable('feed_pings', {
  churchId: uuid()
    .primaryKey()
    .references(() => churches.id, { onDelete: 'cascade' }),
  /** The number of published sermons and their last change; null before the first success. */
  pingedState: text(),
  pingedAt: timestamp({ withTimezone: true }),
  /** Failures since the last success. */
  failures: integer().notNull().default(0),
  nextAttemptAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
}).enableRLS()
