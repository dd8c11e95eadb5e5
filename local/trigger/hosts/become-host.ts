import { readFile } from 'node:fs/promises'
import { hostname } from 'node:os'

import type { Database } from '../database/open-database.ts'
import { requeueRuns } from '../runs/requeue-runs.ts'

const heartbeatMs = 3_000
/** A host on another machine counts as dead after this long without a heartbeat. */
const silenceMs = 15_000

type HostRow = { id: string; pid: number; machine_name: string; heartbeat_at: Date }

/**
 * Registers this process as the database's host. Rejects when another engine works on the database.
 * Otherwise ends the workers of a dead engine and queues its runs again.
 */
export async function becomeHost(
  db: Database,
  host: { id: string; now: () => Date; log: (line: string) => void },
): Promise<{ requeued: number; stop: () => Promise<void> }> {
  const others = await db.query<HostRow>(
    'select id, pid, machine_name, heartbeat_at from engine.hosts where stopped_at is null',
  )
  for (const other of others) {
    // A heartbeat in the future was written before the clock was corrected.
    const isSilent = Math.abs(host.now().getTime() - other.heartbeat_at.getTime()) > silenceMs
    const here = other.machine_name === hostname()
    if (here ? isRunning(other.pid) && other.pid !== process.pid && !isSilent : !isSilent) {
      throw new Error(
        `Another job engine (process ${other.pid} on ${other.machine_name}) works on this database. Stop it first.`,
      )
    }
  }
  await killLeftoverWorkers(db)
  const requeued = await requeueRuns(db.query, { now: host.now(), outcome: 'host_lost' })
  await db.query('update engine.hosts set stopped_at = $1 where stopped_at is null', [host.now()])
  await db.query(
    `insert into engine.hosts (id, pid, machine_name, started_at, heartbeat_at)
     values ($1, $2, $3, $4, $4) on conflict (id) do nothing`,
    [host.id, process.pid, hostname(), host.now()],
  )
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
  } catch {
    return false
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
