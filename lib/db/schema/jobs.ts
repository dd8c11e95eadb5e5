import { sql } from 'drizzle-orm'
import {
  bigserial,
  boolean,
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

const createdAt = () => timestamp({ withTimezone: true }).notNull().defaultNow()
const attributes = () => jsonb().$type<Record<string, unknown>>().notNull().default(sql`'{}'::jsonb`)

export const eventTypes = [
  'sermon.uploaded',
  'sermon.transcript-supplied',
  'sermon.reprocess',
  'sermon.reindex',
  'sermon.publish-due',
  'sermon.removed',
  'sermon.tags-changed',
  'sermon.times-missing',
  'sermon.clip-requested',
  'sermon.cut-requested',
  'sermon.cut-unknown',
] as const
export type EventType = (typeof eventTypes)[number]
export const eventStates = ['pending', 'forwarded', 'dead', 'cancelled'] as const
export type EventState = (typeof eventStates)[number]

/**
 * The outbox: requests for background work, written in the transaction that caused them and then forwarded to the
 * job engine. No foreign keys: an event outlives the rows it refers to.
 */
export const events = pgTable(
  'events',
  {
    id: uuid().primaryKey().defaultRandom(),
    sequence: bigserial({ mode: 'number' }).notNull(),
    type: text().$type<EventType>().notNull(),
    churchId: uuid().notNull(),
    sermonId: uuid(),
    payload: jsonb().$type<Record<string, unknown>>().notNull(),
    state: text().$type<EventState>().notNull().default('pending'),
    attempts: integer().notNull().default(0),
    nextAttemptAt: createdAt(),
    runId: text(),
    traceparent: text(),
    lastError: text(),
    createdAt: createdAt(),
    forwardedAt: timestamp({ withTimezone: true }),
    deadAt: timestamp({ withTimezone: true }),
  },
  (table) => [
    index('events_due_index').on(table.nextAttemptAt).where(sql`state = 'pending'`),
    index().on(table.sermonId, table.sequence),
    index().on(table.state, table.createdAt),
    uniqueIndex().on(table.sequence),
    index().on(table.runId),
    index().on(table.churchId, table.sequence),
    index().on(table.churchId, table.state, table.sequence),
  ],
).enableRLS()

/** An error as it is stored; `reason` and `code` only for an expected error. */
export type StoredError = { name: string; message: string; stack?: string; reason?: string; code?: string }

export const runStatuses = [
  'queued',
  'delayed',
  'running',
  'waiting',
  'completed',
  'failed',
  'crashed',
  'timed_out',
  'expired',
  'cancelled',
] as const
export type RunStatus = (typeof runStatuses)[number]

/** The state and result of each run, stored here because a hosted engine deletes its runs after some days. */
export const runs = pgTable(
  'runs',
  {
    /** The run id of the engine. */
    id: text().primaryKey(),
    taskId: text().notNull(),
    eventId: uuid(),
    churchId: uuid(),
    sermonId: uuid(),
    parentRunId: text(),
    rootRunId: text(),
    queue: text(),
    machine: text(),
    status: text().$type<RunStatus>().notNull(),
    attempt: integer().notNull().default(0),
    payload: jsonb().$type<unknown>(),
    output: jsonb().$type<unknown>(),
    error: jsonb().$type<StoredError>(),
    /** The error as plain text, for searches, with its own index. */
    errorText: text().generatedAlwaysAs(
      sql`(error ->> 'message') || ' ' || (error ->> 'name') || coalesce(' ' || (error ->> 'reason'), '')`,
    ),
    errorFingerprint: text(),
    traceId: text(),
    createdAt: createdAt(),
    startedAt: timestamp({ withTimezone: true }),
    finishedAt: timestamp({ withTimezone: true }),
    updatedAt: createdAt(),
  },
  (table) => [
    index().on(table.createdAt),
    index().on(table.status, table.createdAt),
    index().on(table.taskId, table.createdAt),
    index().on(table.sermonId, table.createdAt),
    index().on(table.churchId, table.createdAt),
    index().on(table.parentRunId),
    index().on(table.rootRunId),
    index('runs_error_index')
      .on(table.errorFingerprint, table.createdAt)
      .where(sql`error_fingerprint is not null`),
    // Operators filter the runs of one church: without these indexes a rare status means reading all of them.
    index().on(table.churchId, table.status, table.createdAt),
    index().on(table.churchId, table.taskId, table.createdAt),
    index('runs_church_error_index').on(table.churchId, table.createdAt).where(sql`error_text is not null`),
    index('runs_error_text_index').using('gin', table.errorText.op('gin_trgm_ops')),
    // The reconciler reads the runs that have not ended every few seconds; most runs have ended.
    index('runs_open_index').on(table.updatedAt).where(sql`finished_at is null`),
  ],
).enableRLS()

export const attemptStatuses = [
  'running',
  'completed',
  'failed',
  'crashed',
  'timed_out',
  'cancelled',
] as const
export type AttemptStatus = (typeof attemptStatuses)[number]

/** Every attempt of a run with its result; the run itself has only the last result. Removed with the run. */
export const runAttempts = pgTable(
  'run_attempts',
  {
    runId: text().notNull(),
    attempt: integer().notNull(),
    status: text().$type<AttemptStatus>().notNull(),
    machine: text(),
    error: jsonb().$type<StoredError>(),
    startedAt: createdAt(),
    finishedAt: timestamp({ withTimezone: true }),
  },
  (table) => [primaryKey({ columns: [table.runId, table.attempt] })],
).enableRLS()

export const stepStatuses = ['running', 'completed', 'failed'] as const
export type StepStatus = (typeof stepStatuses)[number]

/**
 * One unit of work inside a task. The key identifies the work and not the run, so that any replay finds
 * finished steps and skips them.
 */
export const runSteps = pgTable(
  'run_steps',
  {
    id: uuid().primaryKey().defaultRandom(),
    /** Identifies the work, such as `<sermon id>/media/1`. */
    workKey: text().notNull(),
    name: text().notNull(),
    taskId: text().notNull(),
    runId: text().notNull(),
    churchId: uuid(),
    sermonId: uuid(),
    status: text().$type<StepStatus>().notNull(),
    attempt: integer().notNull(),
    result: jsonb().$type<unknown>(),
    error: jsonb().$type<StoredError>(),
    startedAt: createdAt(),
    finishedAt: timestamp({ withTimezone: true }),
  },
  (table) => [
    uniqueIndex().on(table.workKey, table.name),
    index().on(table.runId),
    index().on(table.sermonId),
  ],
).enableRLS()

export const spans = pgTable(
  'spans',
  {
    spanId: text().primaryKey(),
    traceId: text().notNull(),
    parentSpanId: text(),
    runId: text(),
    name: text().notNull(),
    status: text().notNull().default('unset'),
    startedAt: timestamp({ withTimezone: true, precision: 3 }).notNull(),
    durationMs: integer().notNull(),
    /** Of a request whose caller did not sign in: everyone can cause these, so they have a smaller allowance. */
    isAnonymous: boolean().notNull().default(false),
    attributes: attributes(),
  },
  (table) => [index().on(table.runId), index().on(table.traceId), index().on(table.startedAt)],
).enableRLS()

export const logs = pgTable(
  'logs',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    runId: text(),
    traceId: text(),
    spanId: text(),
    level: text().notNull(),
    message: text().notNull(),
    attributes: attributes(),
    at: timestamp({ withTimezone: true, precision: 3 }).notNull(),
  },
  (table) => [index().on(table.runId, table.at), index().on(table.at)],
).enableRLS()

export const deadLetterKinds = ['event', 'run', 'facet', 'object'] as const
export type DeadLetterKind = (typeof deadLetterKinds)[number]
export const deadLetterStates = ['open', 'redriven', 'resolved', 'discarded'] as const
export type DeadLetterState = (typeof deadLetterStates)[number]

/** Work that stopped and does not resume automatically, with the reason and advice. Kept for a year. */
export const deadLetters = pgTable(
  'dead_letters',
  {
    id: uuid().primaryKey().defaultRandom(),
    kind: text().$type<DeadLetterKind>().notNull(),
    /** The event, run, sermon facet or object that failed; at most one open dead letter for each. */
    subject: text().notNull(),
    type: text().notNull(),
    churchId: uuid(),
    sermonId: uuid(),
    eventId: uuid(),
    runId: text(),
    fingerprint: text().notNull(),
    reason: text().notNull(),
    advice: text().notNull(),
    details: attributes(),
    state: text().$type<DeadLetterState>().notNull().default('open'),
    redriveId: uuid(),
    newEventId: uuid(),
    createdAt: createdAt(),
    settledAt: timestamp({ withTimezone: true }),
    keepUntil: timestamp({ withTimezone: true }).notNull().default(sql`now() + interval '1 year'`),
  },
  (table) => [
    uniqueIndex('dead_letters_one_open').on(table.kind, table.subject).where(sql`state = 'open'`),
    index().on(table.fingerprint, table.state, table.createdAt),
    index().on(table.state, table.createdAt),
    index().on(table.sermonId),
    index().on(table.redriveId),
    index().on(table.kind, table.subject),
    index().on(table.churchId, table.state, table.createdAt),
  ],
).enableRLS()

export const redriveStates = ['running', 'stopped', 'finished'] as const
export type RedriveState = (typeof redriveStates)[number]

/** A redrive: releases dead letters of one fingerprint at a limited rate. */
export const redrives = pgTable(
  'redrives',
  {
    id: uuid().primaryKey().defaultRandom(),
    fingerprint: text().notNull(),
    state: text().$type<RedriveState>().notNull(),
    perSecond: integer().notNull(),
    total: integer().notNull(),
    released: integer().notNull().default(0),
    stoppedBecause: text(),
    startedBy: uuid(),
    createdAt: createdAt(),
    finishedAt: timestamp({ withTimezone: true }),
  },
  (table) => [index().on(table.state), index().on(table.fingerprint)],
).enableRLS()

/** Work scheduled up to a year ahead; becomes an event when it is due. */
export const scheduledEvents = pgTable(
  'scheduled_events',
  {
    id: uuid().primaryKey().defaultRandom(),
    /** Identifies the scheduled work, such as `publish/<sermon id>`; scheduling it again moves it. */
    key: text().notNull().unique(),
    type: text().$type<EventType>().notNull(),
    churchId: uuid().notNull(),
    sermonId: uuid(),
    payload: jsonb().$type<Record<string, unknown>>().notNull(),
    traceparent: text(),
    dueAt: timestamp({ withTimezone: true }).notNull(),
    createdAt: createdAt(),
  },
  (table) => [index().on(table.dueAt), index().on(table.churchId, table.dueAt)],
).enableRLS()

/** Alerts that were sent or are waiting to be sent; one row per alert and channel. */
export const notifications = pgTable(
  'notifications',
  {
    id: uuid().primaryKey().defaultRandom(),
    key: text().notNull(),
    channel: text().$type<'mail' | 'webhook'>().notNull(),
    subject: text().notNull(),
    body: text().notNull(),
    attempts: integer().notNull().default(0),
    lastError: text(),
    createdAt: createdAt(),
    sentAt: timestamp({ withTimezone: true }),
  },
  (table) => [uniqueIndex().on(table.key, table.channel), index().on(table.createdAt)],
).enableRLS()

/** Which process has the lease of a background job that only one process may run at a time. */
export const backgroundLeases = pgTable('background_leases', {
  /** The name of the job. */
  name: text().primaryKey(),
  /** Identifies the process. */
  holder: text().notNull(),
  expiresAt: timestamp({ withTimezone: true }).notNull(),
}).enableRLS()
