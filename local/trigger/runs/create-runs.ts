import type { RunRow } from '../model/run-row.ts'
import { createRun, describeRun, type NewRun, type RunCreation } from './create-run.ts'

type Item = NewRun & { batch: { id: string; index: number } }

/**
 * Creates the runs of some items of a batch with one statement, in their order. An item with an existing
 * idempotency key is created or found separately. Returns the run of each item. Throws like `createRun`.
 */
export async function createRuns(deps: RunCreation, items: readonly Item[]): Promise<RunRow[]> {
  const described = await Promise.all(items.map((item) => describeRun(deps, item)))
  const columns = Object.keys(described[0] ?? {})
  if (columns.length === 0) return []
  const rows = described.map((row, position) => ({ ...row, batch_index: items[position]?.batch.index }))
  // A repeated statement returns the runs that the first one stored.
  const stored = await deps.db.query<RunRow>(
    `with created as (
       insert into engine.runs (${columns.join(', ')})
       select ${columns.join(', ')} from jsonb_populate_recordset(null::engine.runs, $1::jsonb)
       on conflict do nothing returning *
     ), items as (
       insert into engine.batch_items (batch_id, index, run_id)
       select created.batch_id, item.batch_index, created.id
       from created join jsonb_to_recordset($1::jsonb) as item (id text, batch_index integer) on item.id = created.id
       on conflict do nothing
     )
     select * from created
     union all
     select * from engine.runs where id = any($2)`,
    [JSON.stringify(rows), described.map(({ id }) => id)],
  )
  const byId = new Map(stored.map((run) => [run.id, run]))
  const runs: RunRow[] = []
  for (const [position, item] of items.entries()) {
    const created = byId.get(described[position]?.id ?? '')
    if (created) deps.onCreated(created)
    runs.push(created ?? (await createRun(deps, item)).run)
  }
  return runs
}
