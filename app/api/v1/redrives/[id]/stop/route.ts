import { z } from 'zod'
import { refuseOthers } from '#app/_server/refuse-others.ts'
import { route } from '#app/_server/route.ts'
import { stopRedrive } from '#lib/jobs/start-redrive.ts'

const params = z.object({ id: z.uuid() })

export const POST = route({ access: 'owner', params }, async ({ services: { db }, member, params }) => {
  await stopRedrive(
    { db, now: () => new Date() },
    { redriveId: params.id, churchId: member.churchId, actorId: member.actor.userId },
  )
  return { stopped: true }
})

export const { DELETE, GET, OPTIONS, PATCH, PUT } = refuseOthers('POST')
