import { AppError } from '#lib/errors.ts'

import type { Store } from '../database/store.ts'
import type { RunRow } from '../model/run-row.ts'

/** Returns the run with this id. Throws not_found when there is none. */
export async function findRun({ db }: Pick<Store, 'db'>, id: string): Promise<RunRow> {
  const [run] = await db.query<RunRow>('select * from engine.runs where id = $1', [id])
  if (!run) throw new AppError('not_found', `There is no run "${id}".`)
  return run
}
