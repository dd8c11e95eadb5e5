import { readFile } from 'node:fs/promises'
import { hostname } from 'node:os'

import type { Database } from '../database/open-database.ts'
import { requeueRuns } from '../runs/requeue-runs.ts'

const heartbeatMs = 3_000
/** A host on another machine counts as dead after this long without a heartbeat. */
const silenceMs = 15_000

/** An engine and its process. */
type Host = { id: string; pid: number; now: () => Date }
type HostRow = { id: string; pid: number; machine_name: string; heartbeat_at: Date }

/**
 * Registers this process as the database's host. Rejects when another engine works on the database.
 * Otherwise ends the workers of a dead engine and queues its runs again.
 */
export async function becomeHost(
  db: Database,
  host: Host & { log: (line: string) => void },
): Promise<{ requeued: number; stop: () => Promise<void> }> {
  await claimDatabase(db, host)
  await killLeftoverWorkers(db)
  const requeued = await requeueRuns(db.query, { now: host.now(), outcome: 'host_lost' })
  const beat = setInterval(() => {
    db.query('update engine.hosts set heartbeat_at = $2 where id = $1', [host.id, host.now()]).catch(
      (error) => host.log(`Heartbeat: ${error.message}`),
    )
  }, heartbeatMs)
  beat.unref()
  return {
    requeued: requeued.length,
    async stop() {
      clearInterval(beat)
      await db.query('update engine.hosts set stopped_at = $2 where id = $1', [host.id, host.now()])
    },
  }
}

/** Engines that start at the same time claim the database one after another, so only the first of them gets it. */
async function claimDatabase(db: Database, host: Host): Promise<void> {
  await db.transaction(async (query) => {
    await query(`select pg_advisory_xact_lock(hashtext('engine.hosts'))`)
    const others = await query<HostRow>(
      'select id, pid, machine_name, heartbeat_at from engine.hosts where stopped_at is null',
    )
    const now = host.now()
    for (const other of others) {
      // A heartbeat in the future was written before the clock was corrected.
      const isSilent = Math.abs(now.getTime() - other.heartbeat_at.getTime()) > silenceMs
      const here = other.machine_name === hostname()
      if (here ? isRunning(other.pid) && other.pid !== host.pid && !isSilent : !isSilent) {
        throw new Error(
          `Another job engine (process ${other.pid} on ${other.machine_name}) works on this database. Stop it first.`,
        )
      }
    }
    await query('update engine.hosts set stopped_at = $1 where stopped_at is null', [now])
    await query(
      `insert into engine.hosts (id, pid, machine_name, started_at, heartbeat_at)
       values ($1, $2, $3, $4, $4) on conflict (id) do update set stopped_at = null`,
      [host.id, host.pid, hostname(), now],
    )
  })
}

/** Kills the workers of a dead host that have not ended, before their runs start again. */
async function killLeftoverWorkers(db: Database): Promise<void> {
  const rows = await db.query<{ pid: number | null; machine_name: string | null }>(
    `select attempts.pid, hosts.machine_name from engine.attempts
     left join engine.hosts on hosts.id = attempts.host_id where attempts.ended_at is null`,
  )
  for (const { pid, machine_name } of rows) {
    if (pid === null || machine_name !== hostname()) continue
    if (isRunning(pid) && (await isRunWorker(pid))) {
      try {
        process.kill(pid, 'SIGKILL')
      } catch {
        // It has ended in the meantime.
      }
    }
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // It runs as another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** Process ids are reused, so a process is killed only when its command line is that of a run worker. */
async function isRunWorker(pid: number): Promise<boolean> {
  try {
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8')
    return command.includes('trigger-dev-run-worker') || command.includes('dev-run-worker')
  } catch {
    return false
  }
}
