import { randomUUID } from 'node:crypto'

import { PgBoss } from 'pg-boss'

import type { Database, Query } from '../open-database.ts'

const queueName = 'runs'
/** Shortest heartbeat the queue allows. */
const heartbeatSeconds = 10
const touchEveryMs = 3_000

export type RunJob = { jobId: string; runId: string }

/**
 * Delivery of admitted runs to this host. The line itself (order, limits, pauses, delays) is the run
 * table; a run that may start is put here in the same transaction, taken by the host, and kept alive
 * by heartbeats until its attempt ends. Jobs carry run ids only.
 */
export interface Delivery {
  enqueue(runIds: string[], query: Query): Promise<RunJob[]>
  take(limit: number): Promise<RunJob[]>
  /** Ends a job some time soon: nothing depends on when. */
  settle(jobId: string): void
  /** Drops every job: at start nothing is running, and the line is the truth. */
  clear(): Promise<void>
  nextOccurrences(cron: string, timezone: string, from: Date, count: number): Date[]
  stop(): Promise<void>
}

/** Starts pg-boss in the schema `pgboss` on the engine's own connections. */
export async function startDelivery(db: Database, log: (line: string) => void): Promise<Delivery> {
  const boss = new PgBoss({
    db: { executeSql: db.execute },
    schema: 'pgboss',
    schedule: false,
    superviseIntervalSeconds: 30,
    maintenanceIntervalSeconds: 600,
    monitorIntervalSeconds: 30,
    registerInstance: false,
  })
  boss.on('error', (error) => log(`Queue: ${error.message}`))
  await boss.start()
  await boss.createQueue(queueName, {
    retryLimit: 1_000,
    retryDelay: 0,
    heartbeatSeconds,
    expireInSeconds: 23 * 3_600,
    deleteAfterSeconds: 600,
  })

  const held = new Set<string>()
  let settled: string[] = []
  let settling: NodeJS.Timeout | undefined

  async function flush() {
    settling = undefined
    const ids = settled
    settled = []
    if (ids.length === 0) return
    try {
      await boss.complete(queueName, ids)
    } catch (error) {
      log(`Queue: ${error instanceof Error ? error.message : error}`)
    }
  }

  const touching = setInterval(() => {
    if (held.size > 0) boss.touch(queueName, [...held]).catch((error) => log(`Queue: ${error.message}`))
  }, touchEveryMs)
  touching.unref()

  return {
    async enqueue(runIds, query) {
      const jobs = runIds.map((runId) => ({ jobId: randomUUID(), runId }))
      await boss.insert(
        queueName,
        jobs.map((job) => ({ id: job.jobId, data: { runId: job.runId } })),
        { db: { executeSql: async (sql, values) => ({ rows: await query(sql, values) }) } },
      )
      return jobs
    },
    async take(limit) {
      const jobs = await boss.fetch<{ runId: string }>(queueName, { batchSize: limit })
      for (const job of jobs) held.add(job.id)
      return jobs.map((job) => ({ jobId: job.id, runId: job.data.runId }))
    },
    settle(jobId) {
      held.delete(jobId)
      settled.push(jobId)
      settling ??= setTimeout(flush, 100)
    },
    async clear() {
      await boss.deleteAllJobs(queueName)
    },
    nextOccurrences: (cron, timezone, from, count) =>
      boss.previewSchedule(cron, { tz: timezone, from, count }),
    async stop() {
      clearInterval(touching)
      clearTimeout(settling)
      await flush()
      await boss.stop({ graceful: false, close: false })
    },
  }
}
