import type { Engine, Waiter } from '../engine.ts'
import { isFinal, type RunRow } from '../runs/run-row.ts'
import { completeRunWaits, openWait } from './complete-waits.ts'

/**
 * Makes a running parent wait for a run. The run may have ended before: it is looked up after the wait
 * is open, so that no end falls between the two.
 */
export async function waitForRun(
  engine: Engine,
  parentId: string | null | undefined,
  runId: string,
  batch?: Waiter['batch'],
): Promise<void> {
  if (!parentId || !openWait(engine, parentId, runId, batch)) return
  const [run] = await engine.db.query<RunRow>('select * from engine.runs where id = $1', [runId])
  if (run && isFinal(run.status)) completeRunWaits(engine, run)
}
