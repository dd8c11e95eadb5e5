import { z } from 'zod'
import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { discardDeadLetters } from '#lib/dead-letters/close-dead-letters.ts'

const params = z.object({ id: z.uuid() })

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/v1/dead-letters/[id]/discard', {
  POST: route({ access: 'owner', params }, async ({ services: { db }, member, params }) => ({
    discarded: await discardDeadLetters(
      { db, now: () => new Date() },
      { deadLetterIds: [params.id], churchId: member.churchId, actorId: member.actor.userId },
    ),
  })),
})
