import {
  applyMetadataOperations,
  parsePacket,
  type RunMetadataChangeOperation,
  UpdateMetadataRequestBody,
} from '@trigger.dev/core/v3'
import type { z } from 'zod'

import type { Engine } from '../engine.ts'
import type { RunRow } from './run-row.ts'

type MetadataUpdate = z.infer<typeof UpdateMetadataRequestBody>
type Metadata = Record<string, unknown>
type Family = Pick<RunRow, 'id' | 'parent_id' | 'root_id'>

/** Applies what a run said about its own metadata and its ancestors'. Returns the run's own. */
export async function applyMetadata(
  engine: Engine,
  run: Family,
  update: MetadataUpdate,
): Promise<Metadata | undefined> {
  const own = await changeMetadata(engine, run.id, update.metadata, update.operations ?? [])
  const above: [string, RunMetadataChangeOperation[] | undefined][] = [
    [run.parent_id ?? run.id, update.parentOperations],
    [run.root_id ?? run.parent_id ?? run.id, update.rootOperations],
  ]
  let last = own
  for (const [id, operations] of above) {
    if (!operations?.length) continue
    const changed = await changeMetadata(engine, id, undefined, operations)
    if (id === run.id) last = changed
  }
  return last
}

/** Applies the metadata an attempt reported with its result. */
export async function applyFlushedMetadata(
  engine: Engine,
  run: Family,
  flushed: { data?: string | undefined; dataType: string } | undefined,
): Promise<void> {
  if (!flushed?.data) return
  const update = UpdateMetadataRequestBody.safeParse(
    await parsePacket({ data: flushed.data, dataType: flushed.dataType }),
  )
  if (!update.success) {
    engine.log(`Run ${run.id}: its last metadata could not be read.`)
    return
  }
  const { metadata, operations, parentOperations, rootOperations } = update.data
  if (!metadata && !operations?.length && !parentOperations?.length && !rootOperations?.length) return
  await applyMetadata(engine, run, update.data)
}

async function changeMetadata(
  engine: Engine,
  runId: string,
  replacement: Metadata | undefined,
  operations: RunMetadataChangeOperation[],
): Promise<Metadata | undefined> {
  if (!replacement && operations.length === 0) {
    const [row] = await engine.db.query<{ metadata: Metadata }>(
      'select metadata from engine.runs where id = $1',
      [runId],
    )
    return row?.metadata
  }
  return engine.db.transaction(async (query) => {
    const [row] = await query<{ metadata: Metadata }>(
      'select metadata from engine.runs where id = $1 for update',
      [runId],
    )
    if (!row) return
    const base = replacement ?? row.metadata
    // Values are JSON by construction: they came from or go to a jsonb column.
    const plain = JSON.parse(JSON.stringify(base))
    const { newMetadata } = applyMetadataOperations(plain, operations)
    await query('update engine.runs set metadata = $2, updated_at = $3 where id = $1', [
      runId,
      JSON.stringify(newMetadata),
      engine.now(),
    ])
    return newMetadata
  })
}
