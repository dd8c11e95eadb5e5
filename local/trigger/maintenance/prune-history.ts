import { rm } from 'node:fs/promises'
import { join } from 'node:path'

import type { Store } from '../database/store.ts'

const keptDays = 90
const rowsAtOnce = 500
const everyMs = 3_600_000

type Pruning = Store & { directory: string; isStopping(): boolean }

/**
 * Deletes runs with their attempts, batches, tokens, and large payloads with their files, 90 days after they ended.
 * It deletes few rows at a time, so that other work does not wait.
 */
export async function pruneHistory({ db, now, directory, isStopping }: Pruning): Promise<void> {
  const before = new Date(now().getTime() - keptDays * 86_400_000)
  // Batches and packets may belong to runs that are delayed by up to a year.
  const longBefore = new Date(before.getTime() - 366 * 86_400_000)
  const remove = (table: string, column: string, limit: Date) =>
    db.query(
      `delete from engine.${table} where id in
         (select id from engine.${table} where ${column} < $1 limit ${rowsAtOnce}) returning id`,
      [limit],
    )
  for (const [table, column, limit] of [
    ['runs', 'finished_at', before],
    ['waitpoints', 'completed_at', before],
    ['batches', 'created_at', longBefore],
  ] as const) {
    while (!isStopping() && (await remove(table, column, limit)).length === rowsAtOnce);
  }
  const packets = await db.query<{ file: string }>(
    `delete from engine.packets where name in (
       select name from engine.packets where created_at < $1 limit ${rowsAtOnce}) returning file`,
    [longBefore],
  )
  for (const { file } of packets) await rm(join(directory, 'packets', file), { force: true })
}

/** Prunes every hour. Returns a function that stops this. */
export function startPruning(deps: Pruning & { log(line: string): void }): () => void {
  const timer = setInterval(() => {
    pruneHistory(deps).catch((error) => deps.log(`Pruning: ${error.message}`))
  }, everyMs)
  timer.unref()
  return () => clearInterval(timer)
}
