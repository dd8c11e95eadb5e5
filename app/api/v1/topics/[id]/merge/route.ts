import { z } from 'zod'
import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { sermonParams } from '#app/_server/sermon-params.ts'
import { mergeCollections } from '#lib/sermons/collections.ts'

const bodySchema = z.object({ into: z.uuid() })

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/v1/topics/[id]/merge', {
  POST: route(
    { access: 'editor', params: sermonParams, body: bodySchema },
    async ({ services, member: { churchId, actor }, params: { id }, body: { into } }) => {
      await mergeCollections(services, { kind: 'topic', churchId, id, into, actorId: actor.userId })
      return new Response(null, { status: 204 })
    },
  ),
})
