import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { sermonParams } from '#app/_server/sermon-params.ts'
import { findChurchSermon, findVisibleSermon } from '#lib/sermons/find-sermon.ts'
import { sermonChangesSchema } from '#lib/sermons/sermon-input.ts'
import { toApiSermon } from '#lib/sermons/to-api-sermon.ts'
import { trashSermon } from '#lib/sermons/trash-sermon.ts'
import { updateSermon } from '#lib/sermons/update-sermon.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/v1/sermons/[id]', {
  GET: route({ access: 'public', params: sermonParams }, async ({ services, actor, params }) => {
    const sermon = await findVisibleSermon(services, { id: params.id, actor })
    return toApiSermon(sermon, services.env.SITE_URL)
  }),
  PATCH: route(
    { access: 'editor', params: sermonParams, body: sermonChangesSchema },
    async ({ services, member, params, body }) => {
      const target = { sermonId: params.id, churchId: member.churchId }
      await updateSermon(services, { ...target, changes: body })
      const sermon = await findChurchSermon(services, { id: params.id, churchId: member.churchId })
      return toApiSermon(sermon, services.env.SITE_URL)
    },
  ),
  /** Moves the sermon to the trash. */
  DELETE: route({ access: 'editor', params: sermonParams }, async ({ services, member, params }) => {
    await trashSermon(services, {
      sermonId: params.id,
      churchId: member.churchId,
      actorId: member.actor.userId,
    })
    return new Response(null, { status: 204 })
  }),
})
