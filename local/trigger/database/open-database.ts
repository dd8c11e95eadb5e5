import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'

import pg from 'pg'

export type Query = <Row extends object>(sql: string, values?: unknown[]) => Promise<Row[]>

export interface Database {
  query: Query
  /** Runs `work` in a transaction; repeats it from the start when the connection is lost. */
  transaction<T>(work: (query: Query) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** How long a statement is retried while the database is unreachable. */
const retryForMs = 120_000

/**
 * Opens a small pool that survives restarts of the database: a statement that failed because of a lost connection
 * is sent again. The database may have executed it already, so every statement must be safe to repeat.
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
  // Without a listener the error of a connection in use would end the process. Its next query rejects with it.
  pool.on('connect', (client) => client.on('error', () => undefined))
  let closing = false
  let unreachable = false

  async function retry<T>(work: () => Promise<T>): Promise<T> {
    const deadline = Date.now() + retryForMs
    for (let attempt = 0; ; attempt++) {
      try {
        const result = await work()
        if (unreachable) {
          unreachable = false
          options.log('The database is reachable again.')
        }
        return result
      } catch (error) {
        if (closing || !isConnectionLoss(error) || Date.now() > deadline) throw error
        if (!unreachable) {
          unreachable = true
          options.log('The database is unreachable. Retrying until it answers.')
        }
        await sleep(Math.min(50 * 2 ** attempt, 1_000) * (0.75 + Math.random() / 2))
      }
    }
  }

  return {
    query: <Row extends object>(sql: string, values?: unknown[]) =>
      retry(async () => (await pool.query<Row>(describeStatement(sql, values))).rows),
    transaction: (work) => retry(() => runTransaction(pool, work)),
    async close() {
      closing = true
      await pool.end()
    },
  }
}

/**
 * Names a statement with parameters, so that each connection parses and plans it only once; on the embedded
 * database this is a third of its work. There is only a small number of different texts.
 */
function describeStatement(sql: string, values: unknown[] | undefined): string | pg.QueryConfig {
  if (!values) return sql
  return { name: createHash('sha256').update(sql).digest('base64url').slice(0, 22), text: sql, values }
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

/** True for failures not caused by the statement: the server stopped or has not started yet. */
export function isConnectionLoss(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (lossCodes.has(code) || code.startsWith('08')) return true
  if (error instanceof AggregateError) return error.errors.some(isConnectionLoss)
  return /connection terminated|connection ended|timeout exceeded when trying to connect|client has encountered a connection error/i.test(
    error.message,
  )
}
