import { z } from 'zod'
import { refuseOthers } from '#app/_server/refuse-others.ts'
import { route } from '#app/_server/route.ts'
import { discardDeadLetters } from '#lib/jobs/redrive-letters.ts'

const body = z.object({ fingerprint: z.string().min(1).max(64) })

export const POST = route({ access: 'owner', body }, async ({ services: { db }, member, body }) => ({
  discarded: await discardDeadLetters(
    { db, now: () => new Date() },
    { ...body, churchId: member.churchId, actorId: member.actor.userId },
  ),
}))

export const { DELETE, GET, OPTIONS, PATCH, PUT } = refuseOthers('POST')
