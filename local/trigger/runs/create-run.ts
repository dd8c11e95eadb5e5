import { randomBytes } from 'node:crypto'

import { parsePacket, type TriggerTaskRequestBody, type WorkerManifest } from '@trigger.dev/core/v3'
import { RunId } from '@trigger.dev/core/v3/isomorphic'
import type { z } from 'zod'

import { AppError } from '#lib/errors.ts'

import type { Store } from '../database/store.ts'
import { countCompletedSteps } from '../model/completed-steps.ts'
import { defaultQueue } from '../model/queue-row.ts'
import { isDuration, readMoment } from '../model/read-moment.ts'
import type { RunRow } from '../model/run-row.ts'
import { isFailure } from '../model/run-states.ts'

export interface RunCreation extends Store {
  manifest(): WorkerManifest
  /** Called with every new run after it is stored. */
  onCreated(run: RunRow): void
}

export type TriggerOptions = NonNullable<z.infer<typeof TriggerTaskRequestBody>['options']>

export type NewRun = {
  taskId: string
  payload: unknown
  options: TriggerOptions
  parentId?: string | undefined
  resumeParent?: boolean | undefined
  /** The batch of which the run is an item; stored together with the run. */
  batch?: { id: string; index?: number } | undefined
  scheduleId?: string | undefined
  replayedFrom?: string | undefined
  traceparent?: string | undefined
}

const defaultKeyTtl = '30d'
const mostTags = 10

/**
 * Creates a run, or finds the one created with the same idempotency key. A failed run frees its key;
 * a cancelled run keeps it, as on the hosted service. Throws not_found for an unknown task, unprocessable
 * for too many tags.
 */
export async function createRun(
  deps: RunCreation,
  input: NewRun,
): Promise<{ run: RunRow; isCached: boolean }> {
  const { db } = deps
  const described = await describeRun(deps, input)
  const values = {
    ...described,
    metadata: JSON.stringify(described.metadata),
    gates: toJson(described.gates),
    idempotency_key_options: toJson(described.idempotency_key_options),
  }
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
  // Another request can free the key and take it again in the meantime, so this repeats a few times.
  for (let round = 0; round < 5; round++) {
    const [created] = await db.query<RunRow>(insert, [...Object.values(values), itemIndex])
    if (created) {
      deps.onCreated(created)
      return { run: created, isCached: false }
    }
    const [existing] = await db.query<RunRow>(
      `select * from engine.runs where id = $1 or (task_id = $2 and idempotency_key = $3)
       order by (id = $1) desc limit 1`,
      [values.id, values.task_id, values.idempotency_key],
    )
    if (!existing) continue
    if (existing.id === values.id) {
      // This row: the answer to the first insert was lost with its connection.
      deps.onCreated(existing)
      return { run: existing, isCached: false }
    }
    const expired = existing.idempotency_expires_at && existing.idempotency_expires_at <= deps.now()
    if (!expired && !isFailure(existing.status)) {
      await storeItem(deps, input.batch, existing.id)
      return { run: existing, isCached: true }
    }
    await db.query('update engine.runs set idempotency_key = null where id = $1 and idempotency_key = $2', [
      existing.id,
      values.idempotency_key,
    ])
  }
  throw new AppError('unavailable', 'The idempotency key is in use by several requests. Try again.')
}

/** Adds the run to the batch, when another request created it. */
async function storeItem({ db }: Pick<Store, 'db'>, batch: NewRun['batch'], runId: string): Promise<void> {
  if (batch?.index === undefined) return
  await db.query(
    'insert into engine.batch_items (batch_id, index, run_id) values ($1, $2, $3) on conflict do nothing',
    [batch.id, batch.index, runId],
  )
}

const toJson = (value: object | null) => (value === null ? null : JSON.stringify(value))

/**
 * Returns the columns of a new run. JSON columns contain values, not text. Throws not_found for an unknown task, unprocessable
 * for too many tags.
 */
export async function describeRun(deps: Omit<RunCreation, 'onCreated'>, input: NewRun) {
  const { options } = input
  const task = deps.manifest().tasks.find((candidate) => candidate.id === input.taskId)
  if (!task) throw new AppError('not_found', `There is no task "${input.taskId}" in this project.`)
  const now = deps.now()
  const parent = input.parentId ? await findParent(deps, input.parentId) : undefined
  const runAt = options.delay === undefined ? now : readMoment(options.delay, now)
  const delayed = runAt > now
  const ttl = options.ttl ?? task.ttl
  const expiresAt = ttl === undefined ? null : readMoment(ttl, delayed ? runAt : now)
  const tags = typeof options.tags === 'string' ? [options.tags] : (options.tags ?? [])
  if (tags.length > mostTags) {
    throw new AppError('unprocessable', `A run can have ${mostTags} tags; this one has ${tags.length}.`)
  }
  const prioritySeconds = options.priority ?? 0
  const metadata = await readMetadata(options)
  return {
    id: RunId.generate().friendlyId,
    task_id: task.id,
    status: delayed ? 'DELAYED' : 'QUEUED',
    queue: options.queue?.name ?? defaultQueue(task),
    concurrency_key: options.concurrencyKey ?? null,
    concurrency_limits: options.concurrency ?? null,
    gates: options.gates ?? null,
    priority_s: prioritySeconds,
    order_at: new Date(runAt.getTime() - prioritySeconds * 1000),
    run_at: runAt,
    payload: serialisePayload(input.payload),
    payload_type: options.payloadType ?? 'application/json',
    metadata,
    steps_at_crash: countCompletedSteps(metadata),
    tags: [...new Set(tags)],
    idempotency_key: options.idempotencyKey ?? null,
    idempotency_key_options: options.idempotencyKeyOptions ?? null,
    idempotency_expires_at: options.idempotencyKey
      ? readMoment(options.idempotencyKeyTTL ?? defaultKeyTtl, now)
      : null,
    max_attempts: options.maxAttempts ?? null,
    max_duration_s: options.maxDuration ?? null,
    machine: options.machine ?? null,
    ttl: ttl === undefined ? null : String(ttl),
    expires_at: expiresAt,
    delayed_until: delayed ? runAt : null,
    delay_ms:
      delayed && options.delay !== undefined && isDuration(options.delay)
        ? runAt.getTime() - now.getTime()
        : null,
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

/** Returns a new trace for a run triggered without one, so that its attempts and children share it. */
function startTrace(): string {
  return `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`
}

async function findParent({ db }: Pick<Store, 'db'>, parentId: string) {
  const [row] = await db.query<Pick<RunRow, 'id' | 'root_id' | 'depth'>>(
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
