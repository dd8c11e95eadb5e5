import { z } from 'zod'
import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { planRedrive } from '#lib/dead-letters/plan-redrive.ts'
import { listRedrives, startRedrive } from '#lib/dead-letters/start-redrive.ts'
import { textKey } from '#lib/text/text-input.ts'

const body = z.object({
  fingerprint: textKey({ name: 'fingerprint', max: 64, required: 'Give a fingerprint.' }),
  perSecond: z.number().int().min(1).max(100).default(5),
  dryRun: z.boolean().default(false),
})

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/v1/redrives', {
  GET: route({ access: 'viewer' }, async ({ services, member: { churchId } }) => ({
    redrives: await listRedrives(services, { churchId }),
  })),
  POST: route({ access: 'owner', body }, async ({ services: { db }, member, body }) => {
    const { fingerprint, perSecond, dryRun } = body
    const { churchId } = member
    if (dryRun) return planRedrive({ db }, { fingerprint, churchId })
    const redrive = await startRedrive(
      { db, now: () => new Date() },
      { fingerprint, perSecond, churchId, actorId: member.actor.userId },
    )
    return Response.json(redrive, { status: 202 })
  }),
})
