import type { Database } from './open-database.ts'

/** The database, and the clock for the times in its rows. */
export interface Store {
  db: Database
  now(): Date
}
