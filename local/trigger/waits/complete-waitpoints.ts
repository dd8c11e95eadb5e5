import { timeoutError } from '@trigger.dev/core/v3'

import { AppError } from '#lib/errors.ts'

import type { Store } from '../database/store.ts'
import { describeWaitpoint, type WaitpointRow } from '../model/waitpoint-row.ts'
import type { OpenWaits } from './open-waits.ts'

type Completion = Store & { waits: OpenWaits }

/** Completes a token with its output. A token that has completed or timed out is not changed. */
export async function completeToken(
  { db, now, waits }: Completion,
  input: { id: string; output: string | null; outputType: string },
): Promise<void> {
  const [row] = await db.query<WaitpointRow>(
    `update engine.waitpoints set status = 'COMPLETED', completed_at = $2, output = $3, output_type = $4
     where id = $1 and status = 'WAITING' returning *`,
    [input.id, now(), input.output, input.outputType],
  )
  if (row) {
    waits.completeWaitpoint(describeWaitpoint(row))
    return
  }
  const current = await findWaitpoint({ db }, input.id)
  // An earlier request may have stored the output and lost its connection before it completed the waits.
  waits.completeWaitpoint(describeWaitpoint(current))
}

/** Returns the waitpoint with this id. Throws not_found when there is none. */
export async function findWaitpoint({ db }: Pick<Store, 'db'>, id: string): Promise<WaitpointRow> {
  const [row] = await db.query<WaitpointRow>('select * from engine.waitpoints where id = $1', [id])
  if (!row) throw new AppError('not_found', `There is no wait token "${id}".`)
  return row
}

/** Ends the waitpoints that are due: times out tokens and completes waits for a time. */
export async function completeDueWaitpoints({ db, now, waits }: Completion): Promise<void> {
  const at = now()
  const error = JSON.stringify(timeoutError(at))
  const rows = await db.query<WaitpointRow>(
    `update engine.waitpoints set
       status = case when type = 'MANUAL' then 'TIMED_OUT' else 'COMPLETED' end,
       completed_at = $1,
       output = case when type = 'MANUAL' then $2 end,
       output_type = case when type = 'MANUAL' then 'application/json' end,
       output_is_error = (type = 'MANUAL')
     where status = 'WAITING' and coalesce(timeout_at, completed_after) <= $1 returning *`,
    [at, error],
  )
  for (const row of rows) waits.completeWaitpoint(describeWaitpoint(row))
}
