import type { Store } from '../database/store.ts'
import type { RunRow } from '../model/run-row.ts'
import { isFinal } from '../model/run-states.ts'
import type { BatchPosition, OpenWaits } from './open-waits.ts'

/**
 * Makes an executing parent wait for a run. The run may have ended before. It is read after the wait is
 * open, so that no end is missed between the two.
 */
export async function waitForRun(
  { db, waits }: Pick<Store, 'db'> & { waits: OpenWaits },
  parentId: string | null | undefined,
  runId: string,
  batch?: BatchPosition,
): Promise<void> {
  if (!parentId || !waits.open(parentId, runId, batch)) return
  const [run] = await db.query<RunRow>('select * from engine.runs where id = $1', [runId])
  if (run && isFinal(run.status)) waits.completeRun(run)
}
