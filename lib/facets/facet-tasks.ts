import { type Facet, facets } from '#lib/facets/facet.ts'
import type { TaskId } from '#lib/jobs/catalog.ts'

/** The tasks that process each facet. Work that stopped without a run is reported under the first task. */
export const facetTasks = {
  media: ['prepare-media'],
  transcript: ['transcribe', 'read-transcript'],
  index: ['index-passages'],
} as const satisfies Record<Facet, readonly [TaskId, ...TaskId[]]>

/** The facet that a task processes, if any. */
export function facetOfTask(taskId: string): Facet | undefined {
  return facets.find((facet) => facetTasks[facet].some((task) => task === taskId))
}
