import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { sermonParams } from '#app/_server/sermon-params.ts'
import { deleteTrashedSermon } from '#lib/sermons/delete-sermon.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/v1/trash/[id]', {
  /** Deletes a sermon of the trash permanently, with its files. */
  DELETE: route({ access: 'owner', params: sermonParams }, async ({ services, member, params }) => {
    await deleteTrashedSermon(services, {
      sermonId: params.id,
      churchId: member.churchId,
      actorId: member.actor.userId,
    })
    return new Response(null, { status: 204 })
  }),
})
