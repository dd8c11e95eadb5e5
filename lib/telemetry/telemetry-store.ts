import pg from 'pg'

export type SpanRow = {
  span_id: string
  trace_id: string
  parent_span_id: string | null
  run_id: string | null
  name: string
  status: string
  started_at: string
  duration_ms: number
  is_anonymous: boolean
  attributes: Record<string, unknown>
}

export type LogRow = {
  run_id: string | null
  trace_id: string | null
  span_id: string | null
  level: string
  message: string
  attributes: Record<string, unknown>
  at: string
}

const MAX_QUEUED = 2000
const MAX_PER_WRITE = 500
const FLUSH_EVERY_MS = 1000
/** The longest time that a caller waits for a write. */
const FLUSH_WAIT_MS = 2000
/** How long a write may continue in the background before its rows are dropped. */
const WRITE_TIMEOUT_MS = 10_000

const insertSpans = `
  insert into spans (span_id, trace_id, parent_span_id, run_id, name, status, started_at, duration_ms, is_anonymous, attributes)
  select * from jsonb_to_recordset($1::jsonb) as r(span_id text, trace_id text, parent_span_id text, run_id text,
    name text, status text, started_at timestamptz, duration_ms integer, is_anonymous boolean, attributes jsonb)
  on conflict (span_id) do nothing`

const insertLogs = `
  insert into logs (run_id, trace_id, span_id, level, message, attributes, at)
  select * from jsonb_to_recordset($1::jsonb) as r(run_id text, trace_id text, span_id text, level text,
    message text, attributes jsonb, at timestamptz)`

/** Postgres cannot store NUL or half of a surrogate pair; one such character would fail the whole batch. */
function asStorable(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll('\u0000', '').toWellFormed() : value
}

async function waitBriefly(work: Promise<void>): Promise<void> {
  const { promise: timeUp, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, FLUSH_WAIT_MS)
  await Promise.race([work, timeUp])
  clearTimeout(timer)
}

/**
 * Writes spans and logs to Postgres in batches. It never throws and never delays its caller for long: rows that
 * cannot be written in time, or do not fit the queue, are dropped and counted.
 */
export class TelemetryStore {
  droppedRows = 0
  readonly #connectionString: () => string | undefined
  #pool: pg.Pool | undefined
  #spans: SpanRow[] = []
  #logs: LogRow[] = []
  #timer: NodeJS.Timeout | undefined
  #writing: Promise<void> = Promise.resolve()

  constructor(connectionString: () => string | undefined) {
    this.#connectionString = connectionString
  }

  addSpan(row: SpanRow): void {
    if (this.#spans.length >= MAX_QUEUED) this.droppedRows += 1
    else this.#spans.push(row)
    this.#scheduleFlush()
  }

  addLog(row: LogRow): void {
    if (this.#logs.length >= MAX_QUEUED) this.droppedRows += 1
    else this.#logs.push(row)
    this.#scheduleFlush()
  }

  #scheduleFlush(): void {
    if (this.#timer) return
    this.#timer = setTimeout(() => void this.flush(), FLUSH_EVERY_MS)
    this.#timer.unref()
  }

  /** Writes the queued rows. Returns after at most about two seconds, even if the database does not answer. */

  async flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#writing = this.#writing.then(() => this.#writeAll())
    await waitBriefly(this.#writing)
  }

  async #writeAll(): Promise<void> {
    while (this.#spans.length > 0) await this.#write(insertSpans, this.#spans.splice(0, MAX_PER_WRITE))
    while (this.#logs.length > 0) await this.#write(insertLogs, this.#logs.splice(0, MAX_PER_WRITE))
  }

  async #write(statement: string, rows: readonly unknown[]): Promise<void> {
    const connectionString = this.#connectionString()
    if (!connectionString) return
    try {
      this.#pool ??= this.#openPool(connectionString)
      await this.#pool.query(statement, [JSON.stringify(rows, asStorable)])
    } catch {
      this.droppedRows += rows.length
    }
  }

  #openPool(connectionString: string): pg.Pool {
    const pool = new pg.Pool({
      connectionString,
      max: 1,
      idleTimeoutMillis: 2000,
      connectionTimeoutMillis: WRITE_TIMEOUT_MS,
      query_timeout: WRITE_TIMEOUT_MS,
      allowExitOnIdle: true,
    })
    pool.on('error', () => {})
    return pool
  }

  async close(): Promise<void> {
    await this.flush()
    if (this.#pool) await waitBriefly(this.#pool.end().catch(() => {}))
    this.#pool = undefined
  }
}
