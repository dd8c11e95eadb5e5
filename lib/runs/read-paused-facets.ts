import { type Facet, facets } from '#lib/facets/facet.ts'
import { facetTasks } from '#lib/facets/facet-tasks.ts'
import type { JobEngine } from '#lib/jobs/connect-job-engine.ts'
import { readEngineQueues } from '#lib/jobs/read-engine-queues.ts'

/** Every facet of a sermon is processed as part of this task. */
const PARENT_QUEUE = 'task/process-sermon'

/**
 * Reads which facets have queued work that cannot start because an operator has paused a queue. Empty while the job
 * engine does not answer.
 */
export async function readPausedFacets({ jobs }: { jobs: JobEngine }): Promise<Facet[]> {
  const queues = await readEngineQueues(jobs)
  const paused = new Set((queues ?? []).filter((queue) => queue.paused).map(({ name }) => name))
  if (paused.has(PARENT_QUEUE)) return [...facets]
  return facets.filter((facet) => facetTasks[facet].some((task) => paused.has(`task/${task}`)))
}
