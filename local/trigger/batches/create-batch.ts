import type { CreateBatchRequestBody } from '@trigger.dev/core/v3'
import { BatchId } from '@trigger.dev/core/v3/isomorphic'
import type { z } from 'zod'

import { AppError } from '#lib/errors.ts'

import type { Engine } from '../engine.ts'
import { waitForRun } from '../waits/wait-for-run.ts'

export type BatchRow = {
  id: string
  run_count: number
  parent_id: string | null
  resume_parent: boolean
  idempotency_key: string | null
  sealed: boolean
  traceparent: string | null
  errors: { index: number; taskIdentifier: string; error: string; errorCode?: string }[]
  created_at: Date
  updated_at: Date
}

/**
 * Opens a batch whose items follow, or finds the one opened with the same idempotency key. A found one
 * counts as cached only when all its items have come; otherwise they are sent again. A parent that
 * asks again, after a crash, waits for the items that are there.
 */
export async function createBatch(
  engine: Engine,
  body: z.infer<typeof CreateBatchRequestBody>,
  traceparent: string | undefined,
): Promise<{ batch: BatchRow; isCached: boolean }> {
  const id = BatchId.generate().friendlyId
  const now = engine.now()
  const [created] = await engine.db.query<BatchRow>(
    `insert into engine.batches
       (id, run_count, parent_id, resume_parent, idempotency_key, created_at, updated_at, traceparent)
     values ($1, $2, $3, $4, $5, $6, $6, $7) on conflict do nothing returning *`,
    [
      id,
      body.runCount,
      body.parentRunId ?? null,
      body.resumeParentOnCompletion ?? false,
      body.idempotencyKey ?? null,
      now,
      traceparent ?? null,
    ],
  )
  if (created) return { batch: created, isCached: false }
  const [existing] = await engine.db.query<BatchRow>(
    'select * from engine.batches where id = $1 or idempotency_key = $2 order by (id = $1) desc limit 1',
    [id, body.idempotencyKey ?? null],
  )
  if (!existing) throw new AppError('unavailable', 'The batch could not be opened. Try again.')
  const isCached = existing.id !== id && existing.sealed
  if (isCached && body.resumeParentOnCompletion) {
    const items = await engine.db.query<{ index: number; run_id: string }>(
      'select index, run_id from engine.batch_items where batch_id = $1',
      [existing.id],
    )
    for (const item of items) {
      await waitForRun(engine, body.parentRunId, item.run_id, { id: existing.id, index: item.index })
    }
  }
  return { batch: existing, isCached }
}

/** The batch of this id, or a not_found error. */
export async function findBatch(engine: Engine, id: string): Promise<BatchRow> {
  const [batch] = await engine.db.query<BatchRow>('select * from engine.batches where id = $1', [id])
  if (!batch) throw new AppError('not_found', `There is no batch "${id}".`)
  return batch
}
