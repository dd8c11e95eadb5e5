import { quoteName } from './quote-name.ts'
import type { SessionQueue } from './session-queue.ts'

const everyMs = 30_000
const checkpointEveryMs = 5 * 60_000
const checkpointAfterWalBytes = 32 * 1024 * 1024

// The thresholds of Postgres' own autovacuum, which does not run in a single session.
const tablesDue = `
  select schemaname, relname, n_dead_tup > 50 + 0.2 * n_live_tup or n_ins_since_vacuum > 1000 + 0.2 * n_live_tup
  from pg_stat_user_tables
  where n_dead_tup > 50 + 0.2 * n_live_tup
    or n_ins_since_vacuum > 1000 + 0.2 * n_live_tup
    or n_mod_since_analyze > 50 + 0.1 * n_live_tup
  order by n_dead_tup desc
  limit 20`

/**
 * Does what a Postgres server does in background processes: vacuum, analyse and checkpoint, one table at a time and
 * only while no client waits. Without checkpoints the log would grow without limit, and a start after a crash would
 * replay all of it.
 */
export class Maintenance {
  readonly #queue: SessionQueue
  #timer: NodeJS.Timeout | null = null
  #stopped = false
  #checkpointAt = performance.now()
  #checkpointLsn: string | null = null
  #batchesSeen = 0

  constructor(queue: SessionQueue) {
    this.#queue = queue
  }

  start(): void {
    this.#timer = setTimeout(() => {
      this.run()
        .catch((error: unknown) => console.error('database: maintenance failed:', error))
        .finally(() => {
          if (!this.#stopped) this.start()
        })
    }, everyMs)
  }

  stop(): void {
    this.#stopped = true
    if (this.#timer !== null) clearTimeout(this.#timer)
  }

  /** Runs one round; does nothing when no batch has run since the last one. */
  async run(): Promise<void> {
    if (this.#queue.batchesRun === this.#batchesSeen) return
    const own = this.#queue.ownClient
    for (const [schema, table, dead] of await own.query(tablesDue)) {
      if (this.#stopped || this.#queue.busy) break
      if (!schema || !table) continue
      const name = `${quoteName(schema)}.${quoteName(table)}`
      await own.query(dead === 't' ? `VACUUM (ANALYZE) ${name}` : `ANALYZE ${name}`)
    }
    await this.#checkpoint()
    this.#batchesSeen = this.#queue.batchesRun
  }

  async #checkpoint(): Promise<void> {
    const own = this.#queue.ownClient
    const since = this.#checkpointLsn ?? '0/0'
    const [row] = await own.query(
      `select pg_current_wal_lsn(), pg_wal_lsn_diff(pg_current_wal_lsn(), '${since}')`,
    )
    const writtenBytes = Number(row?.[1] ?? 0)
    const waitedMs = performance.now() - this.#checkpointAt
    if (writtenBytes === 0) return
    if (writtenBytes < checkpointAfterWalBytes && waitedMs < checkpointEveryMs) return
    await own.query('CHECKPOINT')
    this.#checkpointAt = performance.now()
    const [after] = await own.query('select pg_current_wal_lsn()')
    this.#checkpointLsn = after?.[0] ?? null
  }
}
