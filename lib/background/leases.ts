import { and, eq, gt, sql } from 'drizzle-orm'
import { pause } from '#lib/concurrency/pause.ts'
import type { Database } from '#lib/db/connect-database.ts'
import { backgroundLeases } from '#lib/db/schema.ts'

/** After a process dies, no other process runs its jobs until this time after its last renewal. */
const LEASE_MS = 30_000
const RENEW_MS = 5_000

export interface Leases {
  /**
   * Runs `work` unless another process has the lease of this name, and renews the lease until the work ends. The
   * signal aborts when `signal` does and when the lease is lost. Returns whether the work ran.
   */
  hold(name: string, signal: AbortSignal, work: (signal: AbortSignal) => Promise<unknown>): Promise<boolean>
  /** Releases all leases of this process, so that another need not wait. */
  release(): Promise<void>
}

/**
 * Leases of one process: rows with a holder and a time of expiry by the database's clock. After a pass, a process
 * keeps its lease until it expires; then the first process that asks gets it.
 *
 * Advisory locks cannot do this. A lock of a session excludes no one on the embedded database, where all
 * clients share one session, nor behind a pooler in transaction mode, which gives each transaction another
 * session. A lock of a transaction would need one that stays open during the job's calls to other services.
 */
export function createLeases(
  { db, holder }: { db: Database; holder: string },
  { leaseMs = LEASE_MS, renewMs = RENEW_MS }: { leaseMs?: number; renewMs?: number } = {},
): Leases {
  const expiry = sql`clock_timestamp() + make_interval(secs => ${leaseMs / 1000})`

  async function acquire(name: string): Promise<boolean> {
    const acquired = await db
      .insert(backgroundLeases)
      .values({ name, holder, expiresAt: expiry })
      .onConflictDoUpdate({
        target: backgroundLeases.name,
        set: { holder, expiresAt: expiry },
        setWhere: sql`${backgroundLeases.holder} = ${holder} or ${backgroundLeases.expiresAt} < clock_timestamp()`,
      })
      .returning({ name: backgroundLeases.name })
    return acquired.length > 0
  }

  /** Extends the lease until `signal` aborts. Ends, with a reason, when the lease was lost. */
  async function renew(name: string, signal: AbortSignal): Promise<string | undefined> {
    for (let deadlineMs = performance.now() + leaseMs; ; ) {
      await pause(renewMs, signal)
      if (signal.aborted) return undefined
      const startedMs = performance.now()
      const renewed = await db
        .update(backgroundLeases)
        .set({ expiresAt: expiry })
        .where(
          and(
            eq(backgroundLeases.name, name),
            eq(backgroundLeases.holder, holder),
            gt(backgroundLeases.expiresAt, sql`clock_timestamp()`),
          ),
        )
        .returning({ name: backgroundLeases.name })
        .catch(() => undefined)
      if (renewed?.length === 0) return `The lease of "${name}" was lost.`
      if (renewed) deadlineMs = startedMs + leaseMs
      else if (performance.now() > deadlineMs) return `The lease of "${name}" could not be renewed.`
    }
  }

  return {
    async hold(name, signal, work) {
      if (!(await acquire(name))) return false
      const lost = new AbortController()
      const ended = new AbortController()
      const renewing = renew(name, ended.signal).then((reason) => {
        if (reason) lost.abort(new Error(reason))
      })
      try {
        await work(AbortSignal.any([signal, lost.signal]))
      } finally {
        ended.abort()
        await renewing
      }
      return true
    },
    async release() {
      await db.delete(backgroundLeases).where(eq(backgroundLeases.holder, holder))
    },
  }
}

/** Whether a process has a lease now, and so works on the background jobs. */
export async function isAnyLeaseHeld({ db }: { db: Database }): Promise<boolean> {
  const held = await db
    .select({ name: backgroundLeases.name })
    .from(backgroundLeases)
    .where(gt(backgroundLeases.expiresAt, sql`clock_timestamp()`))
    .limit(1)
  return held.length > 0
}
