import { env } from '#lib/env.ts'
import { connectJobEngine, type JobEngine } from '#lib/jobs/connect-job-engine.ts'

let engine: JobEngine | undefined

/** The job engine of this process. */
export function jobEngine(): JobEngine {
  engine ??= connectJobEngine(env())
  return engine
}

const ANSWER_WITHIN_MS = 2000

/** Whether the job engine answers within two seconds. */
export async function jobEngineAnswers(): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), ANSWER_WITHIN_MS)
  })
  const asked = jobEngine()
    .listQueues()
    .then(
      () => true,
      () => false,
    )
  const answers = await Promise.race([asked, late])
  clearTimeout(timer)
  return answers
}
