import { randomBytes } from 'node:crypto'

import { parsePacket, type TriggerTaskRequestBody } from '@trigger.dev/core/v3'
import { RunId } from '@trigger.dev/core/v3/isomorphic'
import type { z } from 'zod'

import { AppError } from '#lib/errors.ts'

import type { Engine } from '../engine.ts'
import { listPools } from '../execution/list-pools.ts'
import { defaultQueue } from '../queues/load-queues.ts'
import { readMoment } from './read-duration.ts'
import { isFailure, type RunRow } from './run-row.ts'

export type TriggerOptions = NonNullable<z.infer<typeof TriggerTaskRequestBody>['options']>

export type NewRun = {
  taskId: string
  payload: unknown
  options: TriggerOptions
  parentId?: string | undefined
  resumeParent?: boolean | undefined
  /** The batch the run is an item of; noted down together with the run. */
  batch?: { id: string; index?: number } | undefined
  scheduleId?: string | undefined
  replayedFrom?: string | undefined
  traceparent?: string | undefined
}

const defaultKeyTtl = '30d'
const mostTags = 10

/**
 * Writes a run down, or finds the one already made with the same idempotency key. A run that failed
 * frees its key; one that was cancelled keeps it, as hosted.
 */
export async function createRun(engine: Engine, input: NewRun): Promise<{ run: RunRow; isCached: boolean }> {
  const values = await describeRun(engine, input)
  const columns = Object.keys(values)
  const places = columns.map((_, index) => `$${index + 1}`)
  const insert = `with created as (
      insert into engine.runs (${columns.join(', ')}) values (${places.join(', ')})
      on conflict do nothing returning *
    ), item as (
      insert into engine.batch_items (batch_id, index, run_id)
      select batch_id, $${columns.length + 1}::integer, id from created
      where $${columns.length + 1}::integer is not null
      on conflict do nothing
    )
    select * from created`
  const itemIndex = input.batch?.index ?? null
  // A key can be freed and taken again by somebody else in between; a few rounds settle it.
  for (let round = 0; round < 5; round++) {
    const [created] = await engine.db.query<RunRow>(insert, [...Object.values(values), itemIndex])
    if (created) {
      announce(engine, created)
      return { run: created, isCached: false }
    }
    const [existing] = await engine.db.query<RunRow>(
      `select * from engine.runs where id = $1 or (task_id = $2 and idempotency_key = $3)
       order by (id = $1) desc limit 1`,
      [values.id, values.task_id, values.idempotency_key],
    )
    if (!existing) continue
    if (existing.id === values.id) {
      // Our own row: the answer to the first insert was lost with its connection.
      announce(engine, existing)
      return { run: existing, isCached: false }
    }
    const expired = existing.idempotency_expires_at && existing.idempotency_expires_at <= engine.now()
    if (!expired && !isFailure(existing.status)) {
      await noteItem(engine, input.batch, existing.id)
      return { run: existing, isCached: true }
    }
    await engine.db.query(
      'update engine.runs set idempotency_key = null where id = $1 and idempotency_key = $2',
      [existing.id, values.idempotency_key],
    )
  }
  throw new AppError('unavailable', 'The idempotency key is in use by several requests at once. Try again.')
}

/** A batch may hold a run that somebody else asked for first. */
async function noteItem(engine: Engine, batch: NewRun['batch'], runId: string): Promise<void> {
  if (batch?.index === undefined) return
  await engine.db.query(
    'insert into engine.batch_items (batch_id, index, run_id) values ($1, $2, $3) on conflict do nothing',
    [batch.id, batch.index, runId],
  )
}

function announce(engine: Engine, run: RunRow): void {
  if (run.status === 'DELAYED') engine.wakeAt(run.run_at)
  else if (mayStart(engine, run)) engine.pump()
  if (run.expires_at) engine.wakeAt(run.expires_at)
}

/** Where a limit is reached, looking through a long line now finds nothing; whoever leaves looks again. */
function mayStart(engine: Engine, run: RunRow): boolean {
  return !engine.slots.findFull(listPools({ ...engine, concurrency: Number.POSITIVE_INFINITY }, run))
}

async function describeRun(engine: Engine, input: NewRun) {
  const { options } = input
  const task = engine.build.manifest.tasks.find((candidate) => candidate.id === input.taskId)
  if (!task) throw new AppError('not_found', `There is no task "${input.taskId}" in this project.`)
  const now = engine.now()
  const parent = input.parentId ? await findParent(engine, input.parentId) : undefined
  const runAt = options.delay === undefined ? now : readMoment(options.delay, now)
  const delayed = runAt > now
  const ttl = options.ttl ?? task.ttl
  const expiresAt = ttl === undefined ? null : readMoment(ttl, delayed ? runAt : now)
  const tags = typeof options.tags === 'string' ? [options.tags] : (options.tags ?? [])
  if (tags.length > mostTags) {
    throw new AppError('unprocessable', `A run can have ${mostTags} tags; this one has ${tags.length}.`)
  }
  const prioritySeconds = options.priority ?? 0
  return {
    id: RunId.generate().friendlyId,
    task_id: task.id,
    status: delayed ? 'DELAYED' : 'QUEUED',
    queue: options.queue?.name ?? defaultQueue(task),
    concurrency_key: options.concurrencyKey ?? null,
    concurrency_limits: options.concurrency ?? null,
    gates: options.gates ? JSON.stringify(options.gates) : null,
    priority_s: prioritySeconds,
    order_at: new Date(runAt.getTime() - prioritySeconds * 1000),
    run_at: runAt,
    payload: serialisePayload(input.payload),
    payload_type: options.payloadType ?? 'application/json',
    metadata: JSON.stringify(await readMetadata(options)),
    tags: [...new Set(tags)],
    idempotency_key: options.idempotencyKey ?? null,
    idempotency_key_options: options.idempotencyKeyOptions
      ? JSON.stringify(options.idempotencyKeyOptions)
      : null,
    idempotency_expires_at: options.idempotencyKey
      ? readMoment(options.idempotencyKeyTTL ?? defaultKeyTtl, now)
      : null,
    max_attempts: options.maxAttempts ?? null,
    max_duration_s: options.maxDuration ?? null,
    machine: options.machine ?? null,
    ttl: ttl === undefined ? null : String(ttl),
    expires_at: expiresAt,
    delayed_until: delayed ? runAt : null,
    is_test: options.test ?? false,
    replayed_from: input.replayedFrom ?? null,
    parent_id: parent?.id ?? null,
    root_id: parent ? (parent.root_id ?? parent.id) : null,
    depth: parent ? parent.depth + 1 : 0,
    resume_parent: input.resumeParent ?? false,
    batch_id: input.batch?.id ?? null,
    schedule_id: input.scheduleId ?? null,
    traceparent: input.traceparent ?? startTrace(),
    created_at: now,
    updated_at: now,
    queued_at: delayed ? null : now,
  }
}

/** A trace of its own for a run nobody's trace leads to, so that all its attempts and children share one. */
function startTrace(): string {
  return `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`
}

async function findParent(engine: Engine, parentId: string) {
  const active = engine.active.get(parentId)
  if (active) return active.run
  const [row] = await engine.db.query<Pick<RunRow, 'id' | 'root_id' | 'depth'>>(
    'select id, root_id, depth from engine.runs where id = $1',
    [parentId],
  )
  return row
}

function serialisePayload(payload: unknown): string | null {
  if (payload === undefined || payload === null) return null
  return typeof payload === 'string' ? payload : JSON.stringify(payload)
}

async function readMetadata(options: TriggerOptions): Promise<unknown> {
  if (options.metadata === undefined || options.metadata === null) return {}
  if (typeof options.metadata !== 'string') return options.metadata
  return await parsePacket({ data: options.metadata, dataType: options.metadataType ?? 'application/json' })
}
