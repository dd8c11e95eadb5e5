import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'

import { BatchItemNDJSON } from '@trigger.dev/core/v3'
import type { z } from 'zod'

import { AppError } from '#lib/errors.ts'

import type { RunCreation } from '../runs/create-run.ts'
import { createRuns } from '../runs/create-runs.ts'
import type { OpenWaits } from '../waits/open-waits.ts'
import { waitForRuns } from '../waits/wait-for-run.ts'
import { type BatchRow, findBatch } from './create-batch.ts'

type Item = z.infer<typeof BatchItemNDJSON>

/** The number of items stored with one statement. */
const itemsPerStatement = 100

type Adding = RunCreation & { waits: OpenWaits }

/**
 * Reads the items of a batch, one JSON object per line, and creates their runs. Existing items are skipped,
 * so a client may send the whole stream again.
 */
export async function addBatchItems(deps: Adding, batchId: string, lines: Readable) {
  const batch = await findBatch(deps, batchId)
  /** The run of each item, by the item's index; undefined until it is created. */
  const known = new Map<number, string | undefined>()
  const rows = await deps.db.query<{ index: number; run_id: string }>(
    'select index, run_id from engine.batch_items where batch_id = $1',
    [batchId],
  )
  for (const row of rows) known.set(row.index, row.run_id)
  let itemsAccepted = 0
  let itemsDeduplicated = 0
  let waiting: Item[] = []
  const addWaiting = async () => {
    const items = waiting
    waiting = []
    await addItems(deps, batch, items, known)
  }
  for await (const line of createInterface({ input: lines, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === '') continue
    const item = readItem(line)
    if (known.has(item.index)) itemsDeduplicated++
    else itemsAccepted++
    known.set(item.index, known.get(item.index))
    waiting.push(item)
    if (waiting.length === itemsPerStatement) await addWaiting()
  }
  await addWaiting()
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

/** Creates the missing runs of the items, and makes the parent wait for all of them. */
async function addItems(
  deps: Adding,
  batch: BatchRow,
  items: readonly Item[],
  known: Map<number, string | undefined>,
): Promise<void> {
  const missing = [...new Map(items.map((item) => [item.index, item])).values()].filter(
    ({ index }) => known.get(index) === undefined,
  )
  const runs = await createRuns(
    deps,
    missing.map((item) => describeItem(batch, item)),
  )
  for (const [position, { index }] of missing.entries()) known.set(index, runs[position]?.id)
  await waitForRuns(
    deps,
    batch.resume_parent ? batch.parent_id : null,
    items.flatMap(({ index }) => {
      const runId = known.get(index)
      return runId ? [{ runId, batch: { id: batch.id, index } }] : []
    }),
  )
}

function describeItem(batch: BatchRow, { index, task, payload, options = {} }: Item) {
  return {
    taskId: task,
    payload,
    options,
    parentId: batch.parent_id ?? undefined,
    resumeParent: batch.resume_parent,
    batch: { id: batch.id, index },
    traceparent: batch.traceparent ?? undefined,
  }
}
