import { z } from 'zod'
import { jobEngine } from '#app/_server/job-engine.ts'
import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { cancelRun } from '#lib/runs/cancel-run.ts'

const params = z.object({ id: z.string().max(100) })

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/v1/runs/[id]/cancel', {
  POST: route({ access: 'editor', params }, async ({ services: { db }, member, params: { id } }) => {
    const wanted = { runId: id, churchId: member.churchId, actorId: member.actor.userId }
    await cancelRun({ db, jobs: jobEngine(), now: () => new Date() }, wanted)
    return Response.json({ cancelled: true }, { status: 202 })
  }),
})
