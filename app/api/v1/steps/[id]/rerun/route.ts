import { z } from 'zod'
import { refuseOthers } from '#app/_server/refuse-others.ts'
import { route } from '#app/_server/route.ts'
import { rerunStep } from '#lib/jobs/rerun-step.ts'

const params = z.object({ id: z.uuid() })

export const POST = route({ access: 'owner', params }, async ({ services, member, params }) => {
  const wanted = { stepId: params.id, churchId: member.churchId, actorId: member.actor.userId }
  return Response.json(await rerunStep(services, wanted), { status: 202 })
})

export const { DELETE, GET, OPTIONS, PATCH, PUT } = refuseOthers('POST')
