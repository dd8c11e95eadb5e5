import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import * as schema from './schema.ts'

export type Database = NodePgDatabase<typeof schema>
/** Inside a transaction use only this: a second connection would wait for the first for ever. */
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
  options: { maxConnections?: number } = {},
): DatabaseConnection {
  const pool = new pg.Pool({
    connectionString,
    max: options.maxConnections ?? 6,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 20_000,
  })
  pool.on('error', (error) => console.warn(`A database connection was lost: ${error.message}`))
  // Taken out of the pool, a connection has nobody else to tell; its next query rejects with the reason.
  pool.on('connect', (client) => client.on('error', () => undefined))
  return { db: drizzle(pool, { schema, casing: 'snake_case' }), pool, close: () => pool.end() }
}
