import { refuseOthers } from '#app/_server/refuse-others.ts'
import { route } from '#app/_server/route.ts'
import { sermonParams } from '#app/_server/sermon-params.ts'
import { findChurchSermon, findVisibleSermon } from '#lib/sermons/find-sermon.ts'
import { removeSermon } from '#lib/sermons/remove-sermon.ts'
import { sermonChangesSchema } from '#lib/sermons/sermon-input.ts'
import { toApiSermon } from '#lib/sermons/to-api-sermon.ts'
import { updateSermon } from '#lib/sermons/update-sermon.ts'

export const GET = route({ access: 'public', params: sermonParams }, async ({ services, actor, params }) => {
  const sermon = await findVisibleSermon(services, { id: params.id, actor })
  return toApiSermon(sermon, services.env.SITE_URL)
})

export const PATCH = route(
  { access: 'editor', params: sermonParams, body: sermonChangesSchema },
  async ({ services, member, params, body }) => {
    const wanted = { sermonId: params.id, churchId: member.churchId }
    await updateSermon(services, { ...wanted, changes: body })
    const sermon = await findChurchSermon(services, { id: params.id, churchId: member.churchId })
    return toApiSermon(sermon, services.env.SITE_URL)
  },
)

export const DELETE = route(
  { access: 'editor', params: sermonParams },
  async ({ services, member, params }) => {
    await removeSermon(services, {
      sermonId: params.id,
      churchId: member.churchId,
      actorId: member.actor.userId,
    })
    return new Response(null, { status: 204 })
  },
)

export const { OPTIONS, POST, PUT } = refuseOthers('GET', 'PATCH', 'DELETE')
