import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'

import { BatchItemNDJSON } from '@trigger.dev/core/v3'
import type { z } from 'zod'

import { AppError } from '#lib/errors.ts'

import { createRun, type RunCreation, type TriggerOptions } from '../runs/create-run.ts'
import type { OpenWaits } from '../waits/open-waits.ts'
import { waitForRun } from '../waits/wait-for-run.ts'
import { type BatchRow, findBatch } from './create-batch.ts'

type Item = z.infer<typeof BatchItemNDJSON>

type Adding = RunCreation & { waits: OpenWaits }

/**
 * Reads the items of a batch, one JSON object per line, and creates their runs. Items that exist are skipped,
 * so a client may send the whole stream again.
 */
export async function addBatchItems(deps: Adding, batchId: string, lines: Readable) {
  const batch = await findBatch(deps, batchId)
  const known = new Map<number, string>()
  const rows = await deps.db.query<{ index: number; run_id: string }>(
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
      await waitForRun(deps, batch.resume_parent ? batch.parent_id : null, runId, {
        id: batch.id,
        index: item.index,
      })
      continue
    }
    await addItem(deps, batch, item)
    known.set(item.index, 'added')
    itemsAccepted++
  }
  const sealed = known.size >= batch.run_count
  if (sealed) {
    await deps.db.query('update engine.batches set sealed = true, updated_at = $2 where id = $1', [
      batchId,
      deps.now(),
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

async function addItem(deps: Adding, batch: BatchRow, item: Item): Promise<void> {
  const options: TriggerOptions = item.options ?? {}
  const { run } = await createRun(deps, {
    taskId: item.task,
    payload: item.payload,
    options,
    parentId: batch.parent_id ?? undefined,
    resumeParent: batch.resume_parent,
    batch: { id: batch.id, index: item.index },
    traceparent: batch.traceparent ?? undefined,
  })
  await waitForRun(deps, batch.resume_parent ? batch.parent_id : null, run.id, {
    id: batch.id,
    index: item.index,
  })
}
