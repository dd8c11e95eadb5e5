import { z } from 'zod'
import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { redriveOne } from '#lib/dead-letters/close-dead-letters.ts'
import { planRedrive } from '#lib/dead-letters/plan-redrive.ts'

const params = z.object({ id: z.uuid() })
const body = z.object({ dryRun: z.boolean().default(false) })

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/v1/dead-letters/[id]/redrive', {
  POST: route({ access: 'owner', params, body }, async ({ services: { db }, member, params, body }) => {
    const target = { deadLetterId: params.id, churchId: member.churchId }
    if (body.dryRun) return planRedrive({ db }, target)
    const services = { db, now: () => new Date() }
    const redriven = await redriveOne(services, { ...target, actorId: member.actor.userId })
    return Response.json(redriven, { status: 202 })
  }),
})
