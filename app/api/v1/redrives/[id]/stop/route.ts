import { z } from 'zod'
import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { stopRedrive } from '#lib/dead-letters/start-redrive.ts'

const params = z.object({ id: z.uuid() })

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/v1/redrives/[id]/stop', {
  POST: route({ access: 'owner', params }, async ({ services: { db }, member, params }) => {
    await stopRedrive(
      { db, now: () => new Date() },
      { redriveId: params.id, churchId: member.churchId, actorId: member.actor.userId },
    )
    return { stopped: true }
  }),
})
