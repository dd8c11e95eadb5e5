import { schedules } from '@trigger.dev/sdk'
import { performBackgroundPass } from '#lib/background-pass.ts'
import { connectJobEngine } from '#lib/jobs/connect-job-engine.ts'
import { taskServices } from '#lib/pipeline/task-services.ts'

/** Forwards events and does the background work where no process lives that does it. */
export const backgroundWork = schedules.task({
  id: 'background-work',
  cron: '* * * * *',
  // A pass that could not start before the next one is due is not needed.
  ttl: '1m',
  concurrency: { total: 1 },
  maxDuration: 600,
  // The next pass is the retry.
  retry: { maxAttempts: 1, outOfMemory: { machine: 'small-2x' } },
  run: ({ timestamp, lastTimestamp }, { signal }) => {
    const services = taskServices()
    return performBackgroundPass(
      { ...services, jobs: connectJobEngine(services.env) },
      { times: { at: timestamp, last: lastTimestamp }, signal },
    )
  },
})
