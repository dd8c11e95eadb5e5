import type { TaskId } from '#lib/jobs/catalog.ts'
import type { Facet } from '#lib/sermons/sermon.ts'

/** Which tasks move each part of a sermon; a stop without a run is told of under the first. */
export const facetTasks = {
  media: ['prepare-media'],
  transcript: ['transcribe', 'read-transcript'],
  index: ['index-passages'],
} as const satisfies Record<Facet, readonly [TaskId, ...TaskId[]]>

const facets = ['media', 'transcript', 'index'] as const

/** The part of a sermon that a task moves, if it moves one. */
export function facetOfTask(taskId: string): Facet | undefined {
  return facets.find((facet) => facetTasks[facet].some((task) => task === taskId))
}
