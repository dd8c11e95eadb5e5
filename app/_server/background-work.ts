import { jobEngine } from '#app/_server/job-engine.ts'
import { services } from '#app/_server/services.ts'
import { startBackgroundJobs } from '#lib/background-jobs.ts'
import { startWebTelemetry } from '#lib/telemetry/start-web-telemetry.ts'

declare global {
  var selahBackgroundWork: true | undefined
}

/**
 * Starts the background jobs of this process, unless `SELAH_BACKGROUND` leaves them to `npm run worker`. Calling it
 * again does nothing.
 */
export function startBackgroundWork(): void {
  if (globalThis.selahBackgroundWork) return
  globalThis.selahBackgroundWork = true
  const { db, env, storage } = services()
  startWebTelemetry(env)
  if (!env.SELAH_BACKGROUND) return
  const background = startBackgroundJobs({ db, env, storage, jobs: jobEngine() })
  process.once('SIGTERM', () => void background.stop())
}
