import { z } from 'zod'
import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { deleteClip } from '#lib/clips/delete-clip.ts'
import { findVisibleClip } from '#lib/clips/find-clip.ts'
import { toApiClip } from '#lib/clips/to-api-clip.ts'
import { findCaller, limitRequest } from '#lib/rate-limits/limit-requests.ts'

const params = z.object({ id: z.uuid() })

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/v1/clips/[id]', {
  GET: route({ access: 'public', params }, async ({ services, request, actor, params }) => {
    await limitRequest(services, 'feed', findCaller(actor, request.headers))
    const found = await findVisibleClip(services, { id: params.id, actor })
    return toApiClip(found.clip, found)
  }),
  DELETE: route({ access: 'editor', params }, async ({ services, member, params }) => {
    await deleteClip(services, {
      id: params.id,
      churchId: member.churchId,
      actorId: member.actor.userId,
    })
    return new Response(null, { status: 204 })
  }),
})
