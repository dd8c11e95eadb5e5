import type { WorkerManifest } from '@trigger.dev/core/v3'
import { generateFriendlyId } from '@trigger.dev/core/v3/isomorphic'

import type { Store } from '../database/store.ts'
import { declaredQueues, type QueueRow } from '../model/queue-row.ts'

type LoadedQueues = { queues: Map<string, QueueRow> }

/** Stores the declared limits, and loads every queue with the operators' limits and pauses. */
export async function syncQueues(
  { db, now, queues }: Store & LoadedQueues,
  manifest: WorkerManifest,
): Promise<void> {
  const declared = declaredQueues(manifest)
  await db.query(
    `insert into engine.queues (name, id, type, concurrency_limit, combined_limit, updated_at)
     select name, id, type, concurrency_limit, combined_limit, $2
     from jsonb_to_recordset($1::jsonb)
       as declared (name text, id text, type text, concurrency_limit integer, combined_limit integer)
     on conflict (name) do update set
       concurrency_limit = excluded.concurrency_limit,
       combined_limit = excluded.combined_limit,
       updated_at = excluded.updated_at`,
    [JSON.stringify(declared.map((queue) => ({ ...queue, id: generateFriendlyId('queue') }))), now()],
  )
  await reloadQueues({ db, queues })
}

/** Loads every queue into memory. */
export async function reloadQueues({ db, queues }: Pick<Store, 'db'> & LoadedQueues): Promise<void> {
  const rows = await db.query<QueueRow>(
    `select name, id, type, paused, concurrency_limit, combined_limit, override_limit, overridden_at
     from engine.queues`,
  )
  queues.clear()
  for (const row of rows) queues.set(row.name, row)
}
