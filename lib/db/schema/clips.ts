import { sql } from 'drizzle-orm'
import {
  bigint,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { type FacetError, sermons } from './catalogue.ts'
import { churches } from './people.ts'

export const clipShapes = ['square', 'portrait', 'landscape', 'audio'] as const
/** A video in one of the usual shapes, or sound alone. */
export type ClipShape = (typeof clipShapes)[number]

export const clipStatuses = ['pending', 'running', 'ready', 'failed'] as const
export type ClipStatus = (typeof clipStatuses)[number]

/** Short captioned videos, or sounds, of passages of a sermon. The file of a ready one is in `media_assets`. */
export const clips = pgTable(
  'clips',
  {
    id: uuid().primaryKey().defaultRandom(),
    churchId: uuid()
      .notNull()
      .references(() => churches.id, { onDelete: 'cascade' }),
    sermonId: uuid()
      .notNull()
      .references(() => sermons.id, { onDelete: 'cascade' }),
    shape: text().$type<ClipShape>().notNull(),
    /** The passage, in milliseconds of the recording as it is played. */
    startMs: integer().notNull(),
    endMs: integer().notNull(),
    text: text().notNull(),
    /** The recording that it was cut from. */
    mediaRevision: integer().notNull(),
    /** Identifies the words with their times: after a correction of them the clip is out of date. */
    wordsHash: text().notNull(),
    /** The newest revision of the transcript that is known to have the same words. */
    transcriptRevision: integer().notNull(),
    status: text().$type<ClipStatus>().notNull().default('pending'),
    /** 0 to 100. */
    progress: integer().notNull().default(0),
    error: jsonb().$type<FacetError>(),
    sizeBytes: bigint({ mode: 'number' }),
    /** The event that requested it last. */
    eventId: uuid(),
    createdBy: uuid(),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    /** When it was found to be out of date. */
    outdatedAt: timestamp({ withTimezone: true }),
  },
  (table) => [
    uniqueIndex('clips_one_of_a_kind').on(
      table.sermonId,
      table.mediaRevision,
      table.startMs,
      table.endMs,
      table.shape,
      table.wordsHash,
    ),
    index().on(table.churchId, table.createdAt),
    index('clips_unfinished_index').on(table.createdAt).where(sql`status <> 'ready'`),
  ],
).enableRLS()
