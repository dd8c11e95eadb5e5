import { z } from 'zod'
import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { changeRole, removeMember } from '#lib/churches/members.ts'

const params = z.object({ id: z.uuid() })
const bodySchema = z.object({ role: z.enum(['owner', 'editor', 'viewer']) })

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/v1/members/[id]', {
  PATCH: route(
    { access: 'owner', recentSignIn: true, params, body: bodySchema },
    async ({ services, member, params, body }) => {
      const { churchId, actor } = member
      await changeRole(services, { churchId, actorId: actor.userId, userId: params.id, role: body.role })
      return { userId: params.id, role: body.role }
    },
  ),
  DELETE: route(
    { access: 'owner', recentSignIn: true, params },
    async ({ services, member, params: { id } }) => {
      const { churchId, actor } = member
      await removeMember(services, { churchId, actorId: actor.userId, userId: id })
      return new Response(null, { status: 204 })
    },
  ),
})
