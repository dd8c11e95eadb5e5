import { rm } from 'node:fs/promises'
import { join } from 'node:path'

import type { Engine } from './engine.ts'

const keptDays = 90
const rowsAtOnce = 500
const everyMs = 3_600_000

/**
 * Removes what ended more than 90 days ago: runs with their attempts, batches, tokens, and large
 * payloads with their files. In small steps, so that running work is not held up.
 */
export async function pruneHistory(engine: Engine): Promise<void> {
  const before = new Date(engine.now().getTime() - keptDays * 86_400_000)
  // Batches and packets may belong to runs that wait in the line for as long as a year.
  const longBefore = new Date(before.getTime() - 366 * 86_400_000)
  const remove = (table: string, column: string, limit: Date) =>
    engine.db.query(
      `delete from engine.${table} where id in
         (select id from engine.${table} where ${column} < $1 limit ${rowsAtOnce}) returning id`,
      [limit],
    )
  for (const [table, column, limit] of [
    ['runs', 'finished_at', before],
    ['waitpoints', 'completed_at', before],
    ['batches', 'created_at', longBefore],
  ] as const) {
    while (!engine.stopping && (await remove(table, column, limit)).length === rowsAtOnce);
  }
  const packets = await engine.db.query<{ file: string }>(
    `delete from engine.packets where name in (
       select name from engine.packets where created_at < $1 limit ${rowsAtOnce}) returning file`,
    [longBefore],
  )
  for (const { file } of packets) await rm(join(engine.directory, 'packets', file), { force: true })
}

/** Prunes every hour. Returns a function that stops it. */
export function startPruning(engine: Engine): () => void {
  const timer = setInterval(() => {
    pruneHistory(engine).catch((error) => engine.log(`Pruning: ${error.message}`))
  }, everyMs)
  timer.unref()
  return () => clearInterval(timer)
}
