import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import * as schema from './schema.ts'

export type Database = NodePgDatabase<typeof schema>
/** Inside a transaction use only this: a second connection would wait for the first one indefinitely. */
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0]
export type DatabaseOrTransaction = Database | Transaction

export interface DatabaseConnection {
  db: Database
  pool: pg.Pool
  close(): Promise<void>
}

/**
 * Opens a pool. Connections are made on first use. An idle connection that breaks (the server
 * restarted) is dropped from the pool and does not end the process.
 */
export function connectDatabase(
  connectionString: string,
  { maxConnections = 6 }: { maxConnections?: number } = {},
): DatabaseConnection {
  const pool = new pg.Pool({
    connectionString,
    max: maxConnections,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 20_000,
  })
  pool.on('error', (error) => console.warn(`A database connection was lost: ${error.message}`))
  // A connection in use has no other error handler; its next query rejects with the reason.
  pool.on('connect', (client) => client.on('error', () => undefined))
  const options = { schema, casing: 'snake_case' } as const
  const db = drizzle(pool, options)
  // Drizzle releases a connection only when "begin" has succeeded. A connection that breaks during "begin" would
  // never be released, and closing the pool would never finish.
  db.transaction = async (work, config) => {
    const client = await pool.connect()
    try {
      return await drizzle(client, options).transaction(work, config)
    } finally {
      client.release()
    }
  }
  return { db, pool, close: () => pool.end() }
}
