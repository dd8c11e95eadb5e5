import { setTimeout as delay } from 'node:timers/promises'
import { jobEngine } from '#app/_server/job-engine.ts'
import { services } from '#app/_server/services.ts'
import { startAlerts } from '#lib/alerts/start-alerts.ts'
import { recordExhaustedEvent } from '#lib/dead-letters/record-exhausted-event.ts'
import { startForwarder } from '#lib/events/start-forwarder.ts'
import { startRecovery } from '#lib/recovery/start-recovery.ts'
import { chooseEmbedder } from '#lib/search/choose-embedder.ts'
import { queueReindexing } from '#lib/search/queue-reindexing.ts'
import { sweepFinishedUploads } from '#lib/sermons/sweep-finished-uploads.ts'
import type { StorageConnection } from '#lib/storage/connect-storage.ts'
import { ensureBuckets } from '#lib/storage/ensure-buckets.ts'
import { pruneTelemetry } from '#lib/telemetry/prune-telemetry.ts'
import { startWebTelemetry } from '#lib/telemetry/start-web-telemetry.ts'

const UPLOAD_SWEEP_MS = 60_000
const REINDEX_MS = 15_000
const PRUNE_MS = 15 * 60_000
const BUCKET_RETRY_MS = 1000

const holder = globalThis as typeof globalThis & { selahBackgroundWork?: true }

/** At a start storage may come up later than we do. */
async function makeBuckets(storage: StorageConnection): Promise<void> {
  for (let failures = 0; ; failures += 1) {
    try {
      await ensureBuckets({ storage })
      return
    } catch (error) {
      if (failures === 10) console.warn('The storage buckets could not be made; trying again.', error)
      await delay(BUCKET_RETRY_MS, undefined, { ref: false })
    }
  }
}

/** Starts what this process does beside answering requests. Calling it again does nothing. */
export function startBackgroundWork(): void {
  if (holder.selahBackgroundWork) return
  holder.selahBackgroundWork = true
  const { db, env, storage } = services()
  startWebTelemetry(env)
  void makeBuckets(storage)
  const forwarder = startForwarder({
    db,
    jobs: jobEngine(),
    connectionString: env.DATABASE_URL,
    recordExhausted: recordExhaustedEvent,
  })
  const recovery = startRecovery({
    db,
    jobs: jobEngine(),
    storage,
    keepRunsDays: env.SELAH_KEEP_RUNS_DAYS,
    keepEventsDays: env.SELAH_KEEP_EVENTS_DAYS,
  })
  let sweptUntil: string | null = null
  const sweep = setInterval(() => {
    sweepFinishedUploads({ db, storage }, { after: sweptUntil }).then(
      ({ next }) => {
        sweptUntil = next
      },
      (error: unknown) => console.warn('Looking for finished uploads failed; trying again.', error),
    )
  }, UPLOAD_SWEEP_MS)
  const alerts = startAlerts({ db, env })
  const limits = { keepDays: env.SELAH_TELEMETRY_DAYS, maxRows: env.SELAH_TELEMETRY_MAX_ROWS }
  const prune = setInterval(() => {
    pruneTelemetry({ db, now: () => new Date() }, limits).catch((error: unknown) =>
      console.warn('Old traces could not be tidied away; trying again.', error),
    )
  }, PRUNE_MS)
  const since = new Date()
  const reindex = setInterval(() => {
    queueReindexing({ db, embedder: chooseEmbedder(env) }, { since }).catch((error: unknown) =>
      console.warn('Looking for sermons to index again failed; trying again.', error),
    )
  }, REINDEX_MS)
  process.once('SIGTERM', () => {
    alerts.stop()
    clearInterval(reindex)
    clearInterval(prune)
    clearInterval(sweep)
    void forwarder.stop()
    void recovery.stop()
  })
}
