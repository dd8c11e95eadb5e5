import { setTimeout as sleep } from 'node:timers/promises'

import pg from 'pg'

export type Query = <Row extends object>(sql: string, values?: unknown[]) => Promise<Row[]>

export interface Database {
  query: Query
  /** The driver's own answer; several statements at once give several results. */
  execute(sql: string, values?: unknown[]): Promise<pg.QueryResult>
  /** Runs `work` in a transaction; `work` runs again from its start when the connection is lost. */
  transaction<T>(work: (query: Query) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** Longest time a statement is tried again while the database is away. */
const patienceMs = 120_000

/**
 * Opens a small pool that outlives restarts of the database: a statement that failed because the
 * connection went away is sent again. It may have been carried out the first time, so every statement
 * given to it must be safe to repeat.
 */
export function openDatabase(options: {
  connectionString: string
  maxConnections: number
  log: (line: string) => void
}): Database {
  const pool = new pg.Pool({
    connectionString: options.connectionString,
    max: options.maxConnections,
    idleTimeoutMillis: 60_000,
    connectionTimeoutMillis: 20_000,
  })
  pool.on('error', () => {
    // A broken idle connection is replaced on next use.
  })
  // Taken out of the pool, a connection has nobody else to tell; its next query rejects with the reason.
  pool.on('connect', (client) => client.on('error', () => undefined))
  let closing = false
  let away = false

  async function persist<T>(work: () => Promise<T>): Promise<T> {
    const deadline = Date.now() + patienceMs
    for (let attempt = 0; ; attempt++) {
      try {
        const result = await work()
        if (away) {
          away = false
          options.log('The database is back.')
        }
        return result
      } catch (error) {
        if (closing || !isConnectionLoss(error) || Date.now() > deadline) throw error
        if (!away) {
          away = true
          options.log('The database is away; trying again until it is back.')
        }
        await sleep(Math.min(50 * 2 ** attempt, 1_000) * (0.75 + Math.random() / 2))
      }
    }
  }

  return {
    query: <Row extends object>(sql: string, values?: unknown[]) =>
      persist(async () => (await pool.query<Row>(sql, values)).rows),
    execute: (sql, values) => persist(() => pool.query(sql, values)),
    transaction: (work) => persist(() => runTransaction(pool, work)),
    async close() {
      closing = true
      await pool.end()
    },
  }
}

async function runTransaction<T>(pool: pg.Pool, work: (query: Query) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  const onError = (error: Error) => {
    broken = error
  }
  client.on('error', onError)
  try {
    await client.query('begin')
    const result = await work(
      async <Row extends object>(sql: string, values?: unknown[]) =>
        (await client.query<Row>(sql, values)).rows,
    )
    await client.query('commit')
    return result
  } catch (error) {
    if (isConnectionLoss(error)) broken ??= error instanceof Error ? error : new Error(String(error))
    else await client.query('rollback').catch(onError)
    throw error
  } finally {
    client.off('error', onError)
    client.release(broken ?? false)
  }
}

const lossCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOENT',
  '57P01',
  '57P02',
  '57P03',
  '53300',
  '40001',
  '40P01',
])

/** True for failures that say nothing about the statement: the server went away or is not up yet. */
export function isConnectionLoss(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (lossCodes.has(code) || code.startsWith('08')) return true
  if (error instanceof AggregateError) return error.errors.some(isConnectionLoss)
  return /connection terminated|connection ended|timeout exceeded when trying to connect|client has encountered a connection error/i.test(
    error.message,
  )
}
