import { type Facet, facets } from '#lib/facets/facet.ts'
import type { TaskId } from '#lib/jobs/catalog.ts'

/** Which tasks move each part of a sermon; a stop without a run is told of under the first. */
export const facetTasks = {
  media: ['prepare-media'],
  transcript: ['transcribe', 'read-transcript'],
  index: ['index-passages'],
} as const satisfies Record<Facet, readonly [TaskId, ...TaskId[]]>

/** The part of a sermon that a task moves, if it moves one. */
export function facetOfTask(taskId: string): Facet | undefined {
  return facets.find((facet) => facetTasks[facet].some((task) => task === taskId))
}
