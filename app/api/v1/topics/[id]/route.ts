import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { sermonParams } from '#app/_server/sermon-params.ts'
import { collectionChangesSchema } from '#lib/sermons/collection-input.ts'
import { changeCollection } from '#lib/sermons/collections.ts'
import { deleteCollection } from '#lib/sermons/delete-collection.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/v1/topics/[id]', {
  PATCH: route(
    { access: 'editor', params: sermonParams, body: collectionChangesSchema('topic') },
    async ({ services, member: { churchId, actor }, params: { id }, body }) => {
      await changeCollection(services, { kind: 'topic', churchId, id, actorId: actor.userId, ...body })
      return new Response(null, { status: 204 })
    },
  ),
  DELETE: route(
    { access: 'editor', params: sermonParams },
    async ({ services, member: { churchId, actor }, params: { id } }) => {
      await deleteCollection(services, { kind: 'topic', churchId, id, actorId: actor.userId })
      return new Response(null, { status: 204 })
    },
  ),
})
