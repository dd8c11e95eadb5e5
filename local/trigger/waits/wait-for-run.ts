import type { Store } from '../database/store.ts'
import type { RunRow } from '../model/run-row.ts'
import { isFinal } from '../model/run-states.ts'
import type { BatchPosition, OpenWaits } from './open-waits.ts'

type Waiting = Pick<Store, 'db'> & { waits: OpenWaits }

/** Makes an executing parent wait for a run, which may have ended already. */
export async function waitForRun(
  deps: Waiting,
  parentId: string | null | undefined,
  runId: string,
): Promise<void> {
  await waitForRuns(deps, parentId, [{ runId }])
}

/**
 * Makes an executing parent wait for runs, some of which may have ended already. They are read after the waits are
 * open, so that no end is missed.
 */
export async function waitForRuns(
  { db, waits }: Waiting,
  parentId: string | null | undefined,
  runs: readonly { runId: string; batch?: BatchPosition }[],
): Promise<void> {
  if (!parentId) return
  const opened = runs.filter(({ runId, batch }) => waits.open(parentId, runId, batch))
  if (opened.length === 0) return
  const ids = opened.map(({ runId }) => runId)
  const rows = await db.query<RunRow>('select * from engine.runs where id = any($1)', [ids])
  for (const run of rows) if (isFinal(run.status)) waits.completeRun(run)
}
