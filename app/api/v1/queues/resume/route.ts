import { z } from 'zod'
import { jobEngine } from '#app/_server/job-engine.ts'
import { refuseOthers } from '#app/_server/refuse-others.ts'
import { route } from '#app/_server/route.ts'
import { resumeQueue } from '#lib/jobs/read-queues.ts'

const body = z.object({ queue: z.string().min(1).max(200) })

export const POST = route({ access: 'owner', body }, async ({ services: { db }, member, body }) => {
  const action = { queue: body.queue, churchId: member.churchId, actorId: member.actor.userId }
  await resumeQueue({ db, jobs: jobEngine() }, action)
  return { queue: body.queue, paused: false }
})

export const { DELETE, GET, OPTIONS, PATCH, PUT } = refuseOthers('POST')
