import type { CreateBatchRequestBody } from '@trigger.dev/core/v3'
import { BatchId } from '@trigger.dev/core/v3/isomorphic'
import type { z } from 'zod'

import { AppError } from '#lib/errors.ts'

import type { Store } from '../database/store.ts'
import type { OpenWaits } from '../waits/open-waits.ts'
import { waitForRuns } from '../waits/wait-for-run.ts'

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
 * Creates a batch, whose items follow, or finds the one created with the same idempotency key. It counts as
 * cached only when it has all its items; otherwise the caller sends them again. A parent that repeats the call
 * after a crash waits for the existing items.
 */
export async function createBatch(
  deps: Store & { waits: OpenWaits },
  body: z.infer<typeof CreateBatchRequestBody>,
  traceparent: string | undefined,
): Promise<{ batch: BatchRow; isCached: boolean }> {
  const id = BatchId.generate().friendlyId
  const now = deps.now()
  const [created] = await deps.db.query<BatchRow>(
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
  const [existing] = await deps.db.query<BatchRow>(
    'select * from engine.batches where id = $1 or idempotency_key = $2 order by (id = $1) desc limit 1',
    [id, body.idempotencyKey ?? null],
  )
  if (!existing) throw new AppError('unavailable', 'The batch could not be created. Try again.')
  const isCached = existing.id !== id && existing.sealed
  if (isCached && body.resumeParentOnCompletion) {
    const items = await deps.db.query<{ index: number; run_id: string }>(
      'select index, run_id from engine.batch_items where batch_id = $1',
      [existing.id],
    )
    await waitForRuns(
      deps,
      body.parentRunId,
      items.map((item) => ({ runId: item.run_id, batch: { id: existing.id, index: item.index } })),
    )
  }
  return { batch: existing, isCached }
}

/** Returns the batch with this id. Throws not_found when there is none. */
export async function findBatch({ db }: Pick<Store, 'db'>, id: string): Promise<BatchRow> {
  const [batch] = await db.query<BatchRow>('select * from engine.batches where id = $1', [id])
  if (!batch) throw new AppError('not_found', `There is no batch "${id}".`)
  return batch
}
