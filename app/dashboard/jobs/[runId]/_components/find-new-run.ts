import { z } from 'zod/mini'
import { callApi } from '#components/api/call-api.ts'
import { jobsPath } from '#components/jobs/jobs-path.ts'

const startedSchema = z.union([z.object({ runId: z.string() }), z.object({ eventId: z.string() })])
const eventsSchema = z.object({ events: z.array(z.object({ runId: z.nullable(z.string()) })) })

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
  const started = startedSchema.safeParse(answer).data
  if (!started) return undefined
  if ('runId' in started) return started.runId
  for (let polls = 0; polls < MAX_POLLS; polls += 1) {
    const found = eventsSchema.parse(
      await callApi('GET', jobsPath('/api/v1/events', { id: started.eventId, church })),
    )
    const runId = found.events[0]?.runId
    if (runId) return runId
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
  return undefined
}
