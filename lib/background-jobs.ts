import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { chooseAlertChannels } from '#lib/alerts/choose-alert-channels.ts'
import { reportAlerts } from '#lib/alerts/report-alerts.ts'
import { pruneKnownClients } from '#lib/auth/limit-sign-ins.ts'
import { pruneSessionUses } from '#lib/auth/sessions.ts'
import { createLeases, type Leases } from '#lib/background/leases.ts'
import { type BackgroundJob, runEvery } from '#lib/background/run-every.ts'
import { storeMissingChapters } from '#lib/chapters/store-detected-chapters.ts'
import { sweepClips } from '#lib/clips/sweep-clips.ts'
import type { Services } from '#lib/create-services.ts'
import { advanceRedrives } from '#lib/dead-letters/advance-redrives.ts'
import { recordExhaustedEvent } from '#lib/dead-letters/record-exhausted-event.ts'
import type { Env } from '#lib/env.ts'
import { startForwarder } from '#lib/events/start-forwarder.ts'
import { pingHub } from '#lib/feeds/ping-hub.ts'
import type { JobEngine } from '#lib/jobs/connect-job-engine.ts'
import { countDownloads } from '#lib/listening/downloads.ts'
import { prunePlaybackReports } from '#lib/listening/playback-reports.ts'
import { downloadModels } from '#lib/models/download-models.ts'
import { deleteOldQuestions } from '#lib/questions/delete-old-questions.ts'
import { pruneRateLimits } from '#lib/rate-limits/consume-rate-limit.ts'
import { pruneJobs } from '#lib/recovery/prune-jobs.ts'
import { reconcile } from '#lib/recovery/reconcile.ts'
import { cancelUnwantedRuns } from '#lib/runs/cancel-unwanted-runs.ts'
import { recordQueuedChildren } from '#lib/runs/record-queued-children.ts'
import { storeMissingReferences } from '#lib/scripture/store-references.ts'
import { chooseEmbedder, openEmbedder } from '#lib/search/choose-embedder.ts'
import { queueReindexing } from '#lib/search/queue-reindexing.ts'
import { deleteExpiredSermons } from '#lib/sermons/delete-sermon.ts'
import { sweepFinishedUploads } from '#lib/sermons/sweep-finished-uploads.ts'
import { ensureBuckets } from '#lib/storage/ensure-buckets.ts'
import { pruneTelemetry } from '#lib/telemetry/prune-telemetry.ts'

export type BackgroundDependencies = Pick<Services, 'db' | 'storage'> & { env: Env; jobs: JobEngine }

const SECOND_MS = 1000
const MINUTE_MS = 60 * SECOND_MS
/** A transcript takes a few hundred ms; further sermons wait for the next pass. */
const REFERENCES_PER_PASS = 20
const CHAPTERS_PER_PASS = 20

/**
 * How a job prevents two processes from doing the same work. `rows`: it may run in several processes at the same
 * time, because each change applies only to a row that is still as the job read it, and repeating it changes
 * nothing. `lease`: one process at a time runs it (`lib/background/leases.ts`), because its effect cannot be undone
 * or would happen twice. `machine`: as `lease`, but one process on each machine, because each has its own disk.
 */
type Lock = 'rows' | 'lease' | 'machine'

export type LockedJob = BackgroundJob & { lock: Lock }

/**
 * Everything that Selah repeats in the background, each with its lock. Any number of processes may run the list.
 * Checks that continue where the last pass ended begin after the asset `beginAfter`. A sermon is queued once for
 * re-indexing after `since`.
 */
export function listBackgroundJobs(
  { db, storage, jobs, env }: BackgroundDependencies,
  { beginAfter = null, since = new Date() }: { beginAfter?: string | null; since?: Date } = {},
): LockedJob[] {
  const now = () => new Date()
  let inUse = { embedder: chooseEmbedder(env)?.id, since }
  const channels = chooseAlertChannels(env)
  let reconciledUntil = beginAfter
  let sweptUntil = beginAfter
  return [
    {
      name: 'reconcile runs, sermons and files',
      lock: 'rows',
      intervalMs: 20 * SECOND_MS,
      async perform() {
        reconciledUntil = (await reconcile({ db, jobs, storage, now }, { after: reconciledUntil })).after
      },
    },
    {
      name: 'cancel runs that are no longer wanted',
      lock: 'rows',
      intervalMs: 3 * SECOND_MS,
      perform: () => cancelUnwantedRuns({ db, jobs, now }),
    },
    {
      name: 'record runs that wait in a queue',
      lock: 'rows',
      intervalMs: 3 * SECOND_MS,
      perform: () => recordQueuedChildren({ db, jobs, now }),
    },
    {
      name: 'advance redrives',
      // It locks the row of the redrive, so that the rate applies to all processes together.
      lock: 'rows',
      intervalMs: SECOND_MS,
      perform: () => advanceRedrives({ db, now }),
    },
    {
      name: 'sweep finished uploads',
      lock: 'rows',
      intervalMs: MINUTE_MS,
      async perform() {
        sweptUntil = (await sweepFinishedUploads({ db, storage }, { after: sweptUntil })).next
      },
    },
    {
      name: 'delete sermons that were in the trash for 30 days',
      // It locks the row of each sermon.
      lock: 'rows',
      intervalMs: 15 * MINUTE_MS,
      perform: () => deleteExpiredSermons({ db, now }),
    },
    {
      name: 'queue re-indexing after a change of embedder',
      lock: 'lease',
      intervalMs: 15 * SECOND_MS,
      async perform() {
        const embedder = await openEmbedder(env)
        // A model that arrives while this process runs makes work for every sermon.
        if (embedder && inUse.embedder !== embedder.id) inUse = { embedder: embedder.id, since: now() }
        await queueReindexing({ db, embedder }, { since: inUse.since })
      },
    },
    {
      name: 'read Bible references after a change of details',
      lock: 'lease',
      intervalMs: 15 * SECOND_MS,
      perform: () => storeMissingReferences({ db }, { limit: REFERENCES_PER_PASS }),
    },
    {
      name: 'detect chapters of sermons that were indexed without them',
      lock: 'lease',
      intervalMs: 15 * SECOND_MS,
      perform: () => storeMissingChapters({ db }, { limit: CHAPTERS_PER_PASS }),
    },
    {
      name: `download models to ${hostname()}`,
      lock: 'machine',
      intervalMs: 10 * SECOND_MS,
      perform: (signal) => downloadModels({ env, now }, { signal }),
    },
    {
      name: 'raise alerts',
      lock: 'lease',
      intervalMs: 30 * SECOND_MS,
      perform: () =>
        reportAlerts(
          { db, now, channels },
          {
            siteUrl: env.SITE_URL.replace(/\/+$/, ''),
            queueAgeMs: env.SELAH_ALERT_QUEUE_MINUTES * MINUTE_MS,
          },
        ),
    },
    {
      name: 'prune old runs, events and dead letters',
      lock: 'rows',
      intervalMs: 60 * MINUTE_MS,
      perform: () =>
        pruneJobs(
          { db, now },
          { keepRunsDays: env.SELAH_KEEP_RUNS_DAYS, keepEventsDays: env.SELAH_KEEP_EVENTS_DAYS },
        ),
    },
    {
      name: 'delete questions that were kept long enough',
      lock: 'rows',
      intervalMs: 15 * MINUTE_MS,
      perform: () => deleteOldQuestions({ db, now }),
    },
    ...(env.SELAH_WEBSUB_HUB
      ? [pingJob(db, now, { hubUrl: env.SELAH_WEBSUB_HUB, siteUrl: env.SITE_URL })]
      : []),
    {
      name: 'remove clips that failed or are out of date',
      lock: 'lease',
      intervalMs: 5 * MINUTE_MS,
      async perform() {
        await sweepClips({ db, now })
      },
    },
    {
      name: 'count downloads of the days that are over',
      // Its transaction deletes what it counts: what another process counted is not there any more.
      lock: 'lease',
      intervalMs: 15 * MINUTE_MS,
      perform: () => countDownloads({ db, now }),
    },
    {
      name: 'delete old reports of players',
      lock: 'rows',
      intervalMs: 60 * MINUTE_MS,
      perform: () => prunePlaybackReports({ db, now }),
    },
    {
      name: 'delete rate limits and known clients that have expired',
      lock: 'rows',
      intervalMs: 15 * MINUTE_MS,
      async perform() {
        await pruneRateLimits({ db })
        await pruneKnownClients({ db })
        await pruneSessionUses({ db })
      },
    },
    {
      name: 'prune old traces',
      lock: 'rows',
      intervalMs: 15 * MINUTE_MS,
      perform: () =>
        pruneTelemetry(
          { db, now },
          { keepDays: env.SELAH_TELEMETRY_DAYS, maxRows: env.SELAH_TELEMETRY_MAX_ROWS },
        ),
    },
  ]
}

/**
 * Forwards events and runs every background job until stopped; `stop` waits until current passes have ended, and
 * releases the leases of this process. Forwarding needs no lock: the engine starts one run for each event,
 * whichever process sends it. The storage buckets are created as soon as storage answers, because it may start
 * later than this process.
 */
export function startBackgroundJobs(dependencies: BackgroundDependencies): { stop(): Promise<void> } {
  const { db, storage, jobs, env } = dependencies
  const forwarder = startForwarder({
    db,
    jobs,
    connectionString: env.DATABASE_URL,
    recordExhausted: recordExhaustedEvent,
  })
  const buckets = createBuckets({ storage })
  const leases = createLeases({ db, holder: randomUUID() })
  const repeated = listBackgroundJobs(dependencies).map((job) => runEvery(withLease(leases, job)))
  const running = [...repeated, forwarder, buckets]
  return {
    async stop() {
      await Promise.all(running.map((job) => job.stop()))
      // A lease that cannot be released expires.
      await leases.release().catch((error: unknown) => console.warn('Leases were not released.', error))
    },
  }
}

/** Podcast apps that subscribe to a hub learn of a new sermon within a minute. */
const pingJob = (
  db: Services['db'],
  now: () => Date,
  urls: { hubUrl: string; siteUrl: string },
): LockedJob => ({
  name: 'notify the WebSub hub of changed feeds',
  lock: 'lease',
  intervalMs: 30 * SECOND_MS,
  async perform() {
    await pingHub({ db, now, fetch }, urls)
  },
})

/** The job as it runs in a process with these leases. */
export function withLease(leases: Leases, { lock, ...job }: LockedJob): BackgroundJob {
  if (lock === 'rows') return job
  return { ...job, perform: (signal) => leases.hold(job.name, signal, job.perform) }
}

function createBuckets({ storage }: Pick<Services, 'storage'>): { stop(): Promise<void> } {
  const job = runEvery({
    name: 'create storage buckets',
    intervalMs: SECOND_MS,
    async perform() {
      await ensureBuckets({ storage })
      // The buckets need to be created only once. `stop` must not be awaited inside its own pass.
      void job.stop()
    },
  })
  return job
}
