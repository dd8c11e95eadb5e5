import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import type { BucketName } from '#lib/storage/ensure-buckets.ts'
import { churches } from './people.ts'

const createdAt = () => timestamp({ withTimezone: true }).notNull().defaultNow()
const churchId = () =>
  uuid()
    .notNull()
    .references(() => churches.id, { onDelete: 'cascade' })

/** Why a facet failed, with a message for the pastor. */
export type FacetError = { reason: string; message: string }

export const facetStatuses = ['waiting', 'pending', 'running', 'ready', 'failed'] as const
/**
 * `waiting`: needs something from a user (a recording, a transcript). `pending`: queued or postponed.
 * `running`, `ready`, `failed`: processing, finished, permanently failed.
 */
export type FacetStatus = (typeof facetStatuses)[number]

export const publications = ['draft', 'scheduled', 'published'] as const
export type Publication = (typeof publications)[number]

export const speakers = pgTable(
  'speakers',
  {
    id: uuid().primaryKey().defaultRandom(),
    churchId: churchId(),
    slug: text().notNull(),
    name: text().notNull(),
    description: text().notNull().default(''),
    createdAt: createdAt(),
  },
  (table) => [uniqueIndex().on(table.churchId, table.slug)],
).enableRLS()

export const series = pgTable(
  'series',
  {
    id: uuid().primaryKey().defaultRandom(),
    churchId: churchId(),
    slug: text().notNull(),
    title: text().notNull(),
    description: text().notNull().default(''),
    /** Its number in feeds, from 1, which stays. A trigger gives each new series the next one of its church. */
    season: integer().notNull().default(0),
    createdAt: createdAt(),
  },
  (table) => [uniqueIndex().on(table.churchId, table.slug), uniqueIndex().on(table.churchId, table.season)],
).enableRLS()

/** What sermons are about, in the words of the church. */
export const topics = pgTable(
  'topics',
  {
    id: uuid().primaryKey().defaultRandom(),
    churchId: churchId(),
    slug: text().notNull(),
    name: text().notNull(),
    description: text().notNull().default(''),
    createdAt: createdAt(),
  },
  (table) => [uniqueIndex().on(table.churchId, table.slug)],
).enableRLS()

/** Addresses that a speaker, series or topic had before it was renamed or merged with another; they forward to it. */
export const formerSlugs = pgTable(
  'former_slugs',
  {
    churchId: churchId(),
    kind: text().$type<'speaker' | 'series' | 'topic'>().notNull(),
    slug: text().notNull(),
    speakerId: uuid().references(() => speakers.id, { onDelete: 'cascade' }),
    seriesId: uuid().references(() => series.id, { onDelete: 'cascade' }),
    topicId: uuid().references(() => topics.id, { onDelete: 'cascade' }),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.churchId, table.kind, table.slug] })],
).enableRLS()

export const sermons = pgTable(
  'sermons',
  {
    id: uuid().primaryKey().defaultRandom(),
    churchId: churchId(),
    slug: text().notNull(),
    title: text().notNull(),
    description: text().notNull().default(''),
    scripture: text().notNull().default(''),
    speakerId: uuid().references(() => speakers.id, { onDelete: 'set null' }),
    seriesId: uuid().references(() => series.id, { onDelete: 'set null' }),
    preachedOn: date({ mode: 'string' }),
    language: text().notNull().default('en'),
    publication: text().$type<Publication>().notNull().default('draft'),
    publishAt: timestamp({ withTimezone: true }),
    publishedAt: timestamp({ withTimezone: true }),
    /** Never cleared. After it the slug no longer changes, because people may have the address. */
    firstPublishedAt: timestamp({ withTimezone: true }),
    /** Set while the sermon is in the trash; then only queries of the trash return it. */
    trashedAt: timestamp({ withTimezone: true }),
    /** The publication before the sermon was moved to the trash; in the trash it is `draft`. */
    trashedFrom: text().$type<Publication>(),
    mediaStatus: text().$type<FacetStatus>().notNull().default('waiting'),
    mediaProgress: integer().notNull().default(0),
    mediaError: jsonb().$type<FacetError>(),
    /** The number of the current original; a new one gets a higher number. Artefacts of another revision are never shown. */
    mediaRevision: integer().notNull().default(0),
    transcriptStatus: text().$type<FacetStatus>().notNull().default('waiting'),
    transcriptProgress: integer().notNull().default(0),
    transcriptError: jsonb().$type<FacetError>(),
    /** Increases with every new transcript. */
    transcriptRevision: integer().notNull().default(0),
    indexStatus: text().$type<FacetStatus>().notNull().default('waiting'),
    indexProgress: integer().notNull().default(0),
    indexError: jsonb().$type<FacetError>(),
    durationMs: integer(),
    /** A manuscript without a recording. */
    isTextOnly: boolean().notNull().default(false),
    isSample: boolean().notNull().default(false),
    /** Names the details and transcript that its rows in `scripture_refs` were read from; null before that. */
    referencesOf: text(),
    createdBy: uuid(),
    createdAt: createdAt(),
    updatedAt: createdAt(),
  },
  (table) => [
    uniqueIndex().on(table.slug),
    index().on(table.churchId, table.createdAt),
    index('sermons_published_index').on(table.publication, table.preachedOn, table.createdAt),
    index('sermons_trashed_index').on(table.trashedAt).where(sql`trashed_at is not null`),
    index().on(table.speakerId),
    index().on(table.seriesId),
  ],
).enableRLS()

/** The topics of a sermon, in the order that its pastor gave them. */
export const sermonTopics = pgTable(
  'sermon_topics',
  {
    sermonId: uuid()
      .notNull()
      .references(() => sermons.id, { onDelete: 'cascade' }),
    topicId: uuid()
      .notNull()
      .references(() => topics.id, { onDelete: 'cascade' }),
    /** From 0. */
    position: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.sermonId, table.topicId] }), index().on(table.topicId)],
).enableRLS()

export const assetKinds = [
  'original',
  'transcript_upload',
  'rendition',
  'download',
  'podcast',
  'waveform',
  'cover',
  'clip',
] as const
export type AssetKind = (typeof assetKinds)[number]

/** Every object in storage that belongs to a sermon. Originals are kept until the sermon is deleted from the trash. */
export const mediaAssets = pgTable(
  'media_assets',
  {
    id: uuid().primaryKey().defaultRandom(),
    churchId: churchId(),
    sermonId: uuid()
      .notNull()
      .references(() => sermons.id, { onDelete: 'cascade' }),
    kind: text().$type<AssetKind>().notNull(),
    /** The name of a rendition, such as `96k`; empty for kinds of which a sermon has only one. */
    name: text().notNull().default(''),
    revision: integer().notNull(),
    bucket: text().$type<BucketName>().notNull(),
    path: text().notNull(),
    fileName: text().notNull().default(''),
    contentType: text().notNull(),
    sizeBytes: bigint({ mode: 'number' }).notNull(),
    /** The member who was last permitted to upload it; null for what Selah made itself. */
    uploadedBy: uuid(),
    /** `null` until the upload is complete. */
    uploadedAt: timestamp({ withTimezone: true }),
    details: jsonb().$type<Record<string, unknown>>().notNull().default(sql`'{}'::jsonb`),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex().on(table.bucket, table.path),
    uniqueIndex('media_assets_one_of_a_kind').on(table.sermonId, table.kind, table.name, table.revision),
  ],
).enableRLS()

export const cutStates = ['pending', 'ready', 'failed', 'discarded'] as const
export const proposalStates = ['pending', 'ready', 'failed'] as const

/**
 * A recording that is a part of another recording of the same sermon. It is prepared and published like any recording,
 * but has no original of its own: it is made from that of `baseRevision`.
 */
export const recordingCuts = pgTable(
  'recording_cuts',
  {
    id: uuid().primaryKey().defaultRandom(),
    churchId: churchId(),
    sermonId: uuid()
      .notNull()
      .references(() => sermons.id, { onDelete: 'cascade' }),
    /** The number of the part among the recordings of the sermon. */
    mediaRevision: integer().notNull(),
    /** The recording that it is a part of. */
    baseRevision: integer().notNull(),
    baseDurationMs: integer().notNull(),
    /** In times of the uploaded recording. */
    startMs: integer().notNull(),
    endMs: integer().notNull(),
    /** `ready`: it is published. `discarded` ones keep their number, so that no other recording gets it. */
    state: text().$type<(typeof cutStates)[number]>().notNull().default('pending'),
    /** 0 to 100. */
    progress: integer().notNull().default(0),
    error: jsonb().$type<FacetError>(),
    createdAt: createdAt(),
  },
  (table) => [uniqueIndex().on(table.sermonId, table.mediaRevision), index().on(table.churchId)],
).enableRLS()

/** Where the sermon seems to be in an uploaded recording, in its times; without times where it is all of it. */
export const cutProposals = pgTable(
  'cut_proposals',
  {
    sermonId: uuid()
      .notNull()
      .references(() => sermons.id, { onDelete: 'cascade' }),
    mediaRevision: integer().notNull(),
    churchId: churchId(),
    state: text().$type<(typeof proposalStates)[number]>().notNull().default('pending'),
    startMs: integer(),
    endMs: integer(),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.sermonId, table.mediaRevision] }), index().on(table.churchId)],
).enableRLS()
