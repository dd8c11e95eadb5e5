import type { Query } from './open-database.ts'

/** The database's time. Every time in the database is compared with it. */
export interface DatabaseClock {
  /** The database's time: the last read one plus the time since then on a monotonic clock. */
  now(): Date
  /** Reads the database's time again. Resolves with true when its clock was set back. */
  sync(): Promise<boolean>
}

/** A smaller difference is caused by the round trip, not by a correction of the clock. */
const smallestStepMs = 2_000

/** Starts a clock with the database's time. `monotonicMs` is for tests. */
export async function startDatabaseClock(
  query: Query,
  monotonicMs: () => number = () => performance.now(),
): Promise<DatabaseClock> {
  async function readOffsetMs(): Promise<number> {
    const [row] = await query<{ at: Date }>('select clock_timestamp() as at')
    if (!row) throw new Error('The database did not return its time.')
    return row.at.getTime() - monotonicMs()
  }
  let offsetMs = await readOffsetMs()
  return {
    now: () => new Date(offsetMs + monotonicMs()),
    async sync() {
      const before = offsetMs
      offsetMs = await readOffsetMs()
      return before - offsetMs > smallestStepMs
    },
  }
}
