import { env } from '#lib/env.ts'
import { connectJobEngine, type JobEngine } from '#lib/jobs/connect-job-engine.ts'

let engine: JobEngine | undefined

/** The job engine of this process. */
export function jobEngine(): JobEngine {
  engine ??= connectJobEngine(env())
  return engine
}
