import { AppError } from '#lib/errors.ts'

import type { Engine } from '../engine.ts'
import type { RunRow } from './run-row.ts'

/** The run of this id, or a not_found error. */
export async function findRun(engine: Pick<Engine, 'db'>, id: string): Promise<RunRow> {
  const [run] = await engine.db.query<RunRow>('select * from engine.runs where id = $1', [id])
  if (!run) throw new AppError('not_found', `There is no run "${id}".`)
  return run
}
