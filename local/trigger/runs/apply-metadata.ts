import {
  applyMetadataOperations,
  parsePacket,
  type RunMetadataChangeOperation,
  UpdateMetadataRequestBody,
} from '@trigger.dev/core/v3'
import type { z } from 'zod'

import type { Store } from '../database/store.ts'
import type { RunRow } from '../model/run-row.ts'

type MetadataUpdate = z.infer<typeof UpdateMetadataRequestBody>
type Metadata = Record<string, unknown>
type Family = Pick<RunRow, 'id' | 'parent_id' | 'root_id' | 'metadata'>

/** Applies a run's changes to its own metadata and to its parent's and root's. Returns the run's metadata. */
export async function applyMetadata(
  store: Store,
  run: Family,
  update: MetadataUpdate,
): Promise<Metadata | undefined> {
  const own = await changeOwnMetadata(store, run, update)
  const ancestors: [string, RunMetadataChangeOperation[] | undefined][] = [
    [run.parent_id ?? run.id, update.parentOperations],
    [run.root_id ?? run.parent_id ?? run.id, update.rootOperations],
  ]
  let last = own
  for (const [id, operations] of ancestors) {
    if (!operations?.length) continue
    const changed = await changeMetadata(store, id, undefined, operations)
    if (id === run.id) last = changed
  }
  return last
}

/** Applies the metadata that an attempt reported with its result. */
export async function applyFlushedMetadata(
  deps: Store & { log(line: string): void },
  run: Family,
  flushed: { data?: string | undefined; dataType: string } | undefined,
): Promise<void> {
  if (!flushed?.data) return
  const update = UpdateMetadataRequestBody.safeParse(
    await parsePacket({ data: flushed.data, dataType: flushed.dataType }),
  )
  if (!update.success) {
    deps.log(`Run ${run.id}: the metadata of its attempt could not be read.`)
    return
  }
  const { metadata, operations, parentOperations, rootOperations } = update.data
  if (!metadata && !operations?.length && !parentOperations?.length && !rootOperations?.length) return
  await applyMetadata(deps, run, update.data)
}

/** Changes the metadata in one statement, based on the run as read; reads it again only if it has changed. */
async function changeOwnMetadata(
  store: Store,
  run: Family,
  { metadata, operations = [] }: MetadataUpdate,
): Promise<Metadata | undefined> {
  if (!metadata && operations.length > 0) {
    const changed = applyOperations(run.metadata, operations)
    const updated = await store.db.query(
      'update engine.runs set metadata = $2, updated_at = $3 where id = $1 and metadata = $4::jsonb returning id',
      [run.id, JSON.stringify(changed), store.now(), JSON.stringify(run.metadata)],
    )
    if (updated.length > 0) return changed
  }
  return changeMetadata(store, run.id, metadata, operations)
}

function applyOperations(metadata: Metadata, operations: RunMetadataChangeOperation[]): Metadata {
  // Values are JSON by construction: they came from or go to a jsonb column.
  return applyMetadataOperations(JSON.parse(JSON.stringify(metadata)), operations).newMetadata
}

async function changeMetadata(
  { db, now }: Store,
  runId: string,
  replacement: Metadata | undefined,
  operations: RunMetadataChangeOperation[],
): Promise<Metadata | undefined> {
  if (!replacement && operations.length === 0) {
    const [row] = await db.query<{ metadata: Metadata }>('select metadata from engine.runs where id = $1', [
      runId,
    ])
    return row?.metadata
  }
  return db.transaction(async (query) => {
    const [row] = await query<{ metadata: Metadata }>(
      'select metadata from engine.runs where id = $1 for update',
      [runId],
    )
    if (!row) return
    const newMetadata = applyOperations(replacement ?? row.metadata, operations)
    await query('update engine.runs set metadata = $2, updated_at = $3 where id = $1', [
      runId,
      JSON.stringify(newMetadata),
      now(),
    ])
    return newMetadata
  })
}
