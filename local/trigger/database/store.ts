import type { Database } from './open-database.ts'

/** The database, and the clock with which its rows are stamped. */
export interface Store {
  db: Database
  now(): Date
}
