/**
 * `npm run worker`: runs Selah's background jobs as a separate process, for hosts on which the web process
 * does not live long. Set `SELAH_BACKGROUND=0` for the web process. Ends on SIGTERM or SIGINT after the
 * current passes.
 */
import { startBackgroundJobs } from '#lib/background-jobs.ts'
import { createServices } from '#lib/create-services.ts'
import { env } from '#lib/env.ts'
import { connectJobEngine } from '#lib/jobs/connect-job-engine.ts'
import { runCommand } from './bootstrap/run-command.mjs'

await runCommand(async () => {
  const services = createServices(env())
  const background = startBackgroundJobs({ ...services, jobs: connectJobEngine(services.env) })
  process.send?.({ type: 'ready' })
  console.log('Background jobs are running. Stop them with Ctrl-C or SIGTERM.')
  // The timers of jobs do not keep a process alive; this one does, until a signal arrives.
  const alive = setInterval(() => {}, 60_000)
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve())
  })
  clearInterval(alive)
  await background.stop()
  await services.close()
  return 0
})
