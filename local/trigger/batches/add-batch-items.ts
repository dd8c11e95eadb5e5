import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'

import { BatchItemNDJSON } from '@trigger.dev/core/v3'
import type { z } from 'zod'

import { AppError } from '#lib/errors.ts'

import type { Engine } from '../engine.ts'
import { createRun, type TriggerOptions } from '../runs/create-run.ts'
import { waitForRun } from '../waits/wait-for-run.ts'
import { type BatchRow, findBatch } from './create-batch.ts'

type Item = z.infer<typeof BatchItemNDJSON>

/**
 * Reads the items of a batch, one JSON line each, and makes their runs. Items that are there already
 * are skipped, so the whole stream may be sent again.
 */
export async function addBatchItems(engine: Engine, batchId: string, lines: Readable) {
  const batch = await findBatch(engine, batchId)
  const known = new Map<number, string>()
  const rows = await engine.db.query<{ index: number; run_id: string }>(
    'select index, run_id from engine.batch_items where batch_id = $1',
    [batchId],
  )
  for (const row of rows) known.set(row.index, row.run_id)
  let itemsAccepted = 0
  let itemsDeduplicated = 0
  for await (const line of createInterface({ input: lines, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === '') continue
    const item = readItem(line)
    const runId = known.get(item.index)
    if (runId) {
      itemsDeduplicated++
      await waitForRun(engine, batch.resume_parent ? batch.parent_id : null, runId, {
        id: batch.id,
        index: item.index,
      })
      continue
    }
    await addItem(engine, batch, item)
    known.set(item.index, 'added')
    itemsAccepted++
  }
  const sealed = known.size >= batch.run_count
  if (sealed) {
    await engine.db.query('update engine.batches set sealed = true, updated_at = $2 where id = $1', [
      batchId,
      engine.now(),
    ])
  }
  return {
    id: batchId,
    itemsAccepted,
    itemsDeduplicated,
    sealed,
    ...(sealed ? {} : { enqueuedCount: known.size, expectedCount: batch.run_count }),
  }
}

function readItem(line: string): Item {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch (cause) {
    throw new AppError('bad_request', 'A line of the batch is not JSON.', { cause })
  }
  const item = BatchItemNDJSON.safeParse(value)
  if (!item.success) throw new AppError('bad_request', `A batch item is not valid: ${item.error.message}`)
  return item.data
}

async function addItem(engine: Engine, batch: BatchRow, item: Item) {
  const options: TriggerOptions = item.options ?? {}
  const { run } = await createRun(engine, {
    taskId: item.task,
    payload: item.payload,
    options,
    parentId: batch.parent_id ?? undefined,
    resumeParent: batch.resume_parent,
    batch: { id: batch.id, index: item.index },
    traceparent: batch.traceparent ?? undefined,
  })
  await waitForRun(engine, batch.resume_parent ? batch.parent_id : null, run.id, {
    id: batch.id,
    index: item.index,
  })
}
