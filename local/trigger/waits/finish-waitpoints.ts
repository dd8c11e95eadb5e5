import { timeoutError } from '@trigger.dev/core/v3'

import { AppError } from '#lib/errors.ts'

import type { Engine } from '../engine.ts'
import { completeWaitpointWaits } from './complete-waits.ts'
import { describeWaitpoint, type WaitpointRow } from './waitpoint-row.ts'

/** Completes a token with its answer. Completing one that is over already changes nothing. */
export async function completeToken(
  engine: Engine,
  input: { id: string; output: string | null; outputType: string },
): Promise<void> {
  const [row] = await engine.db.query<WaitpointRow>(
    `update engine.waitpoints set status = 'COMPLETED', completed_at = $2, output = $3, output_type = $4
     where id = $1 and status = 'WAITING' returning *`,
    [input.id, engine.now(), input.output, input.outputType],
  )
  if (row) {
    completeWaitpointWaits(engine, describeWaitpoint(row))
    return
  }
  const current = await findWaitpoint(engine, input.id)
  // The answer may have been stored by a try whose connection was lost: whoever waits hears of it now.
  completeWaitpointWaits(engine, describeWaitpoint(current))
}

/** The waitpoint of this id, or a not_found error. */
export async function findWaitpoint(engine: Engine, id: string): Promise<WaitpointRow> {
  const [row] = await engine.db.query<WaitpointRow>('select * from engine.waitpoints where id = $1', [id])
  if (!row) throw new AppError('not_found', `There is no wait token "${id}".`)
  return row
}

/** Ends the waits whose time has come: tokens nobody answered, and pauses that are over. */
export async function finishDueWaitpoints(engine: Engine): Promise<void> {
  const now = engine.now()
  const error = JSON.stringify(timeoutError(now))
  const rows = await engine.db.query<WaitpointRow>(
    `update engine.waitpoints set
       status = case when type = 'MANUAL' then 'TIMED_OUT' else 'COMPLETED' end,
       completed_at = $1,
       output = case when type = 'MANUAL' then $2 end,
       output_type = case when type = 'MANUAL' then 'application/json' end,
       output_is_error = (type = 'MANUAL')
     where status = 'WAITING' and coalesce(timeout_at, completed_after) <= $1 returning *`,
    [now, error],
  )
  for (const row of rows) completeWaitpointWaits(engine, describeWaitpoint(row))
}
