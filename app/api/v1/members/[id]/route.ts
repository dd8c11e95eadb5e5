import { z } from 'zod'
import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { removeMember } from '#lib/churches/members.ts'

const params = z.object({ id: z.uuid() })

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/v1/members/[id]', {
  DELETE: route({ access: 'owner', params }, async ({ services, member, params: { id } }) => {
    const { churchId, actor } = member
    await removeMember(services, { churchId, actorId: actor.userId, userId: id })
    return new Response(null, { status: 204 })
  }),
})
