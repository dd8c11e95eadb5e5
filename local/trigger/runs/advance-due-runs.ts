import type { Store } from '../database/store.ts'
import type { RunRow } from '../model/run-row.ts'
import { fromStatuses, transitions } from '../model/run-states.ts'

/** Queues every run whose delay is over. Returns them. */
export async function releaseDelayedRuns({ db, now }: Store): Promise<RunRow[]> {
  return db.query<RunRow>(
    `update engine.runs set status = '${transitions.release.to}', queued_at = run_at, updated_at = $1
     where status in (${fromStatuses('release')}) and run_at <= $1 returning *`,
    [now()],
  )
}

/** Expires every run whose time to live passed before its first attempt. Returns them. */
export async function expireRuns({ db, now }: Store): Promise<RunRow[]> {
  return db.query<RunRow>(
    `update engine.runs set status = '${transitions.expire.to}', finished_at = $1, updated_at = $1,
       error = jsonb_build_object('type', 'STRING_ERROR', 'raw',
         'Run expired because the TTL (' || ttl || ') was reached')
     where status in (${fromStatuses('expire')}) and started_at is null and expires_at <= $1 returning *`,
    [now()],
  )
}
