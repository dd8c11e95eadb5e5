import * as v from 'valibot'
import { callApi } from '#components/api/call-api.ts'
import { jobsPath } from '#components/jobs/jobs-path.ts'

const startedSchema = v.union([v.object({ runId: v.string() }), v.object({ eventId: v.string() })])
const eventsSchema = v.object({ events: v.array(v.object({ runId: v.nullable(v.string()) })) })

const POLL_MS = 400
/** Forwarding takes a fraction of a second, unless the job engine is unreachable. */
const MAX_POLLS = 20

/**
 * Finds the id of the run that a retry starts. If the answer names only the event, waits until the event is forwarded;
 * undefined if that takes longer than a few seconds. Throws `ApiFailure`.
 */
export async function findNewRun(
  answer: unknown,
  { church }: { church: string },
): Promise<string | undefined> {
  if (!v.is(startedSchema, answer)) return undefined
  if ('runId' in answer) return answer.runId
  for (let polls = 0; polls < MAX_POLLS; polls += 1) {
    const found = v.parse(
      eventsSchema,
      await callApi('GET', jobsPath('/api/v1/events', { id: answer.eventId, church })),
    )
    const runId = found.events[0]?.runId
    if (runId) return runId
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
  return undefined
}
