import { CreateBatchRequestBody } from '@trigger.dev/core/v3'

import { addBatchItems } from '../batches/add-batch-items.ts'
import { createBatch, findBatch } from '../batches/create-batch.ts'
import type { ApiRoute } from './api-route.ts'
import { check } from './check-body.ts'
import { readTraceparent } from './read-traceparent.ts'

export const batchRoutes: ApiRoute[] = [
  {
    method: 'POST',
    path: '/api/v3/batches',
    async handle({ deps, json, raw }) {
      const body = check(CreateBatchRequestBody, await json())
      const { batch, isCached } = await createBatch(deps, body, readTraceparent(raw))
      return {
        body: {
          id: batch.id,
          runCount: batch.run_count,
          isCached,
          idempotencyKey: batch.idempotency_key ?? undefined,
        },
      }
    },
  },
  {
    method: 'POST',
    path: '/api/v3/batches/:id/items',
    async handle({ deps, params, raw }) {
      return { body: await addBatchItems(deps, params.id ?? '', raw) }
    },
  },
  {
    method: 'GET',
    path: '/api/v2/batches/:id',
    allows: ({ id }) => [`read:batch:${id}`],
    async handle({ deps, params }) {
      const batch = await findBatch(deps, params.id ?? '')
      const runs = await deps.db.query<{ run_id: string; finished: boolean }>(
        `select batch_items.run_id, runs.finished_at is not null as finished
         from engine.batch_items join engine.runs on runs.id = batch_items.run_id
         where batch_items.batch_id = $1 order by batch_items.index`,
        [batch.id],
      )
      const complete = batch.sealed && runs.every((run) => run.finished)
      return {
        body: {
          id: batch.id,
          status: !batch.sealed ? 'PROCESSING' : complete ? 'COMPLETED' : 'PENDING',
          idempotencyKey: batch.idempotency_key ?? undefined,
          createdAt: batch.created_at,
          updatedAt: batch.updated_at,
          runCount: batch.run_count,
          runs: runs.map((run) => run.run_id),
          processing: { completedAt: batch.sealed ? batch.updated_at : undefined, errors: batch.errors },
        },
      }
    },
  },
]
