import { z } from 'zod'
import { refuseOthers } from '#app/_server/refuse-others.ts'
import { route } from '#app/_server/route.ts'
import { planRedrive } from '#lib/jobs/plan-redrive.ts'
import { listRedrives, startRedrive } from '#lib/jobs/start-redrive.ts'

const body = z.object({
  fingerprint: z.string().min(1).max(64),
  perSecond: z.number().int().min(1).max(100).default(5),
  dryRun: z.boolean().default(false),
})

export const GET = route({ access: 'viewer' }, async ({ services, member: { churchId } }) => ({
  redrives: await listRedrives(services, { churchId }),
}))

export const POST = route({ access: 'owner', body }, async ({ services: { db }, member, body }) => {
  const { fingerprint, perSecond, dryRun } = body
  const { churchId } = member
  if (dryRun) return planRedrive({ db }, { fingerprint, churchId })
  const redrive = await startRedrive(
    { db, now: () => new Date() },
    { fingerprint, perSecond, churchId, actorId: member.actor.userId },
  )
  return Response.json(redrive, { status: 202 })
})

export const { DELETE, OPTIONS, PATCH, PUT } = refuseOthers('GET', 'POST')
