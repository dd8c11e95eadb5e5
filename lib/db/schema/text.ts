import { sql } from 'drizzle-orm'
import {
  boolean,
  customType,
  halfvec,
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
import { sermons } from './catalogue.ts'
import { churches, profiles } from './people.ts'

const createdAt = () => timestamp({ withTimezone: true }).notNull().defaultNow()
const churchId = () =>
  uuid()
    .notNull()
    .references(() => churches.id, { onDelete: 'cascade' })
const sermonId = () =>
  uuid()
    .notNull()
    .references(() => sermons.id, { onDelete: 'cascade' })

const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' })

export const transcriptSources = ['deepgram', 'speech-model', 'recogniser', 'upload'] as const
export type TranscriptSource = (typeof transcriptSources)[number]

/** `[text, startMs, endMs]` */
export type StoredWord = [text: string, startMs: number, endMs: number]
/** `[firstWord, lastWord]`, both inclusive. */
export type WordRange = [firstWord: number, lastWord: number]

/** From the word at this position on, this person speaks, until the next turn. */
export type SpeakerTurn = [firstWord: number, name: string]

/** A caption that a recogniser invented over silence. */
export type LeftOut = { text: string; startMs: number; endMs: number }

export const transcripts = pgTable(
  'transcripts',
  {
    id: uuid().primaryKey().defaultRandom(),
    churchId: churchId(),
    sermonId: sermonId(),
    revision: integer().notNull(),
    /** The revision of the recording that has these words; 0 for a text without a recording. */
    mediaRevision: integer().notNull(),
    source: text().$type<TranscriptSource>().notNull(),
    language: text().notNull(),
    /** Machine-made and not checked by a person: shown as "draft". */
    isDraft: boolean().notNull(),
    /** Word times were estimated from a text without times, not recognised. */
    isApproximate: boolean().notNull().default(false),
    words: jsonb().$type<StoredWord[]>().notNull(),
    sentences: jsonb().$type<WordRange[]>().notNull(),
    /** The id of each word, kept over corrections; null where it is the word's position. */
    wordIds: jsonb().$type<number[]>(),
    /** The id of the next new word; null where no word was ever added. */
    nextWordId: integer(),
    /** The recogniser's confidence in each word, 0 to 1; null where unknown. */
    confidences: jsonb().$type<(number | null)[]>(),
    /** Positions of the words that begin a paragraph, where the source names them or a person set them. */
    paragraphStarts: jsonb().$type<number[]>(),
    /** Who speaks, where that is known; in the order of the words. */
    speakerTurns: jsonb().$type<SpeakerTurn[]>(),
    /** Captions that repeat themselves over silence: not among the words, so neither shown nor searched. */
    leftOut: jsonb().$type<LeftOut[]>(),
    /** A person has read it all and marked it as correct. */
    isReviewed: boolean().notNull().default(false),
    /** Who made this revision by correcting the one before. */
    editedBy: uuid().references(() => profiles.id, { onDelete: 'set null' }),
    createdAt: createdAt(),
  },
  (table) => [uniqueIndex().on(table.sermonId, table.revision)],
).enableRLS()

export const chapterSources = ['edited', 'file', 'detected'] as const
/** Edited by the team, read from the recording's file, or detected in the transcript; the first of these counts. */
export type ChapterSource = (typeof chapterSources)[number]

/** The chapters of a recording from one source. An edited list may be empty: then the recording has no chapters. */
export const chapterLists = pgTable(
  'chapter_lists',
  {
    sermonId: sermonId(),
    mediaRevision: integer().notNull(),
    source: text().$type<ChapterSource>().notNull(),
    churchId: churchId(),
    /** Increases with every change of this list. */
    revision: integer().notNull().default(1),
    chapters: jsonb().$type<{ title: string; startMs: number }[]>().notNull(),
    updatedAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.sermonId, table.mediaRevision, table.source] }),
    index().on(table.churchId),
  ],
).enableRLS()

/** What a listener proposes in the place of some words. Nothing says who proposed it. */
export const transcriptSuggestions = pgTable(
  'transcript_suggestions',
  {
    id: uuid().primaryKey().defaultRandom(),
    churchId: churchId(),
    sermonId: sermonId(),
    /** The recording whose words it corrects. */
    mediaRevision: integer().notNull(),
    /** Ids of words, both included. */
    fromWord: integer().notNull(),
    toWord: integer().notNull(),
    /** The words as the listener saw them. */
    before: text().notNull(),
    after: text().notNull(),
    createdAt: createdAt(),
  },
  (table) => [index().on(table.sermonId), index().on(table.churchId)],
).enableRLS()

/** Names and terms that the next transcription of a church shall recognise. */
export const churchTerms = pgTable(
  'church_terms',
  {
    id: uuid().primaryKey().defaultRandom(),
    churchId: churchId(),
    term: text().notNull(),
    /** `declined` ones were learned from corrections and are not wanted. */
    status: text().$type<'used' | 'declined'>().notNull(),
    createdAt: createdAt(),
  },
  (table) => [uniqueIndex('church_terms_church_id_term_index').on(table.churchId, sql`lower(${table.term})`)],
).enableRLS()

export const EMBEDDING_DIMENSIONS = 384
export const MEANING_DIMENSIONS = 100

export const passages = pgTable(
  'passages',
  {
    id: uuid().primaryKey().defaultRandom(),
    churchId: churchId(),
    sermonId: sermonId(),
    transcriptId: uuid()
      .notNull()
      .references(() => transcripts.id, { onDelete: 'cascade' }),
    position: integer().notNull(),
    firstWord: integer().notNull(),
    lastWord: integer().notNull(),
    startMs: integer().notNull(),
    endMs: integer().notNull(),
    text: text().notNull(),
    contentHash: text().notNull(),
    /** Which version of the analyser made `search` and `meaning`; empty until they are made. */
    analyser: text().notNull().default(''),
    /** The index terms with their positions in the text, made by `lib/search/analyse-text.ts`. */
    search: tsvector(),
    /** The sum of the meanings of its words; null where its language has no word meanings. */
    meaning: halfvec({ dimensions: MEANING_DIMENSIONS }),
    /** Which model made `embedding`; vectors of different models are never compared. Null without a model. */
    embedder: text(),
    embedding: halfvec({ dimensions: EMBEDDING_DIMENSIONS }),
  },
  (table) => [
    uniqueIndex().on(table.transcriptId, table.position),
    index().on(table.sermonId),
    index().on(table.churchId),
    // As full-precision vectors and with few links: indexing halfvec takes 30 times as long on the embedded
    // database (58 ms a row), which has one session for all callers.
    index('passages_embedding_index')
      .using('hnsw', sql`(embedding::vector(384)) vector_cosine_ops`)
      .with({ m: 8, ef_construction: 40 }),
  ],
).enableRLS()

/** A Bible reference of a sermon as a range of verses, numbered as in `lib/scripture/verse-range.ts`. */
export const scriptureRefs = pgTable(
  'scripture_refs',
  {
    id: uuid().primaryKey().defaultRandom(),
    churchId: churchId(),
    sermonId: sermonId(),
    source: text().$type<'details' | 'title' | 'transcript'>().notNull(),
    kind: text().$type<'expounded' | 'read' | 'mentioned'>().notNull(),
    firstVerse: integer().notNull(),
    lastVerse: integer().notNull(),
    /** The transcript that names it, and its words; null if the reference is from the details. */
    transcriptId: uuid().references(() => transcripts.id, { onDelete: 'cascade' }),
    firstWord: integer(),
    lastWord: integer(),
  },
  (table) => [
    index().on(table.sermonId),
    index().on(table.churchId),
    index().on(table.transcriptId),
    index().on(table.firstVerse, table.lastVerse),
  ],
).enableRLS()

/** A Bible reference in a transcript whose meaning is not certain, for the church to decide on. */
export const doubtfulReferences = pgTable(
  'doubtful_references',
  {
    id: uuid().primaryKey().defaultRandom(),
    churchId: churchId(),
    sermonId: uuid()
      .notNull()
      .references(() => sermons.id, { onDelete: 'cascade' }),
    kind: text().$type<'expounded' | 'read' | 'mentioned'>().notNull(),
    firstVerse: integer().notNull(),
    lastVerse: integer().notNull(),
    transcriptId: uuid().references(() => transcripts.id, { onDelete: 'set null' }),
    firstWord: integer().notNull(),
    lastWord: integer().notNull(),
    /** Applies to these verses in this sermon, also in later transcripts; null until a person decides. */
    decision: text().$type<'accepted' | 'declined'>(),
  },
  (table) => [index().on(table.sermonId), index().on(table.churchId)],
).enableRLS()

const xid8 = customType<{ data: string }>({ dataType: () => 'xid8' })

/**
 * The last transaction that changed what a search can find of a sermon; updated by triggers. The row outlives the
 * sermon, so that every process notices the removal.
 */
export const searchChanges = pgTable(
  'search_changes',
  { sermonId: uuid().primaryKey(), changedIn: xid8().notNull().default(sql`pg_current_xact_id()`) },
  (table) => [index().on(table.changedIn)],
).enableRLS()

/** A stored answer quote: a word range of a transcript, rendered by the server when shown. */
export type StoredQuote = { sermonId: string; transcriptId: string; firstWord: number; lastWord: number }

/** What listeners asked. Nothing says who asked. */
export const questions = pgTable(
  'questions',
  {
    id: uuid().primaryKey().defaultRandom(),
    /** The church it concerns; null where it may be any of several. */
    churchId: uuid().references(() => churches.id, { onDelete: 'cascade' }),
    /** The only sermon that was asked. */
    sermonId: uuid().references(() => sermons.id, { onDelete: 'set null' }),
    question: text().notNull(),
    /** Nothing answered it. */
    refused: boolean().notNull(),
    quotes: jsonb().$type<StoredQuote[]>().notNull(),
    answerer: text().notNull(),
    createdAt: createdAt(),
    /** When the church dismissed it or gave a sermon as its answer. */
    closedAt: timestamp({ withTimezone: true }),
  },
  (table) => [index().on(table.createdAt), index().on(table.churchId, table.createdAt)],
).enableRLS()

/** A question that a church answers with one of its sermons. */
export const questionLinks = pgTable(
  'question_links',
  {
    id: uuid().primaryKey().defaultRandom(),
    churchId: churchId(),
    question: text().notNull(),
    sermonId: uuid()
      .notNull()
      .references(() => sermons.id, { onDelete: 'cascade' }),
    createdBy: uuid(),
    createdAt: createdAt(),
  },
  (table) => [index().on(table.churchId, table.createdAt), index().on(table.sermonId)],
).enableRLS()
