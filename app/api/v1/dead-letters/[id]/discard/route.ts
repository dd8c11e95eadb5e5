import { z } from 'zod'
import { refuseOthers } from '#app/_server/refuse-others.ts'
import { route } from '#app/_server/route.ts'
import { discardDeadLetters } from '#lib/jobs/redrive-letters.ts'

const params = z.object({ id: z.uuid() })

export const POST = route({ access: 'owner', params }, async ({ services: { db }, member, params }) => ({
  discarded: await discardDeadLetters(
    { db, now: () => new Date() },
    { letterIds: [params.id], churchId: member.churchId, actorId: member.actor.userId },
  ),
}))

export const { DELETE, GET, OPTIONS, PATCH, PUT } = refuseOthers('POST')
