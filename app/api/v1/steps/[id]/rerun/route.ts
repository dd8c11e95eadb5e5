import { z } from 'zod'
import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { rerunStep } from '#lib/runs/rerun-step.ts'

const params = z.object({ id: z.uuid() })

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/v1/steps/[id]/rerun', {
  POST: route({ access: 'owner', params }, async ({ services, member, params }) => {
    const target = { stepId: params.id, churchId: member.churchId, actorId: member.actor.userId }
    return Response.json(await rerunStep(services, target), { status: 202 })
  }),
})
