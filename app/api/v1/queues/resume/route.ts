import { z } from 'zod'
import { jobEngine } from '#app/_server/job-engine.ts'
import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { resumeQueue } from '#lib/runs/read-queues.ts'
import { textKey } from '#lib/text/text-input.ts'

const body = z.object({ queue: textKey({ name: 'queue', max: 200, required: 'Name a queue.' }) })

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/v1/queues/resume', {
  POST: route({ access: 'owner', body }, async ({ services: { db }, member, body }) => {
    const action = { queue: body.queue, churchId: member.churchId, actorId: member.actor.userId }
    await resumeQueue({ db, jobs: jobEngine() }, action)
    return { queue: body.queue, paused: false }
  }),
})
