import type { Store } from '../database/store.ts'
import { countCompletedSteps } from '../model/completed-steps.ts'
import type { RunRow } from '../model/run-row.ts'

/** The state of a run after a crash of its worker. */
export type CrashAssessment = {
  /** Crashes in a row without a newly finished step, including this one; 0 when a step has finished since. */
  stalled: number
  /** Steps that the run and its descendants have finished so far. */
  steps: number
  /** How many attempts the run has had, including those that do not count. */
  attempts: number
}

/**
 * Determines whether a run made progress since its last crash. Progress is what another attempt will not repeat:
 * the steps that the run and its descendants report in their metadata, and completed descendants with an
 * idempotency key.
 */
export async function assessCrash({ db }: Pick<Store, 'db'>, run: RunRow): Promise<CrashAssessment> {
  const family = await db.query<Pick<RunRow, 'id' | 'status' | 'metadata' | 'idempotency_key'>>(
    `with recursive family as (
       select id, status, metadata, idempotency_key from engine.runs where id = $1
       union all
       select child.id, child.status, child.metadata, child.idempotency_key
       from engine.runs child join family on child.parent_id = family.id
     )
     select * from family`,
    [run.id],
  )
  const [counted] = await db.query<{ attempts: number }>(
    'select count(*)::int as attempts from engine.attempts where run_id = $1',
    [run.id],
  )
  const steps = family.reduce((sum, { id, status, metadata, idempotency_key }) => {
    const completedChild = id !== run.id && status === 'COMPLETED' && idempotency_key !== null
    return sum + countCompletedSteps(metadata) + (completedChild ? 1 : 0)
  }, 0)
  return {
    stalled: steps > run.steps_at_crash ? 0 : run.stalled_crashes + 1,
    steps,
    attempts: counted?.attempts ?? run.attempt_count,
  }
}
