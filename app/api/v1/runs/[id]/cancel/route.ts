import { z } from 'zod'
import { jobEngine } from '#app/_server/job-engine.ts'
import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { cancelRun } from '#lib/runs/cancel-run.ts'
import { textKey } from '#lib/text/text-input.ts'

const params = z.object({ id: textKey({ name: 'id', max: 100 }) })

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/v1/runs/[id]/cancel', {
  POST: route({ access: 'editor', params }, async ({ services: { db }, member, params: { id } }) => {
    const target = { runId: id, churchId: member.churchId, actorId: member.actor.userId }
    await cancelRun({ db, jobs: jobEngine(), now: () => new Date() }, target)
    return Response.json({ cancelled: true }, { status: 202 })
  }),
})
