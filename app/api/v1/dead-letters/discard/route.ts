import { z } from 'zod'
import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { discardDeadLetters } from '#lib/dead-letters/close-dead-letters.ts'
import { textKey } from '#lib/text/text-input.ts'

const body = z.object({
  fingerprint: textKey({ name: 'fingerprint', max: 64, required: 'Give a fingerprint.' }),
})

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/v1/dead-letters/discard', {
  POST: route({ access: 'owner', body }, async ({ services: { db }, member, body }) => ({
    discarded: await discardDeadLetters(
      { db, now: () => new Date() },
      { ...body, churchId: member.churchId, actorId: member.actor.userId },
    ),
  })),
})
