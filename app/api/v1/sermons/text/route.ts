import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { createTextSermon } from '#lib/sermons/create-text-sermon.ts'
import { findChurchSermon } from '#lib/sermons/find-sermon.ts'
import { newTextSermonSchema } from '#lib/sermons/sermon-input.ts'
import { toApiSermon } from '#lib/sermons/to-api-sermon.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/v1/sermons/text', {
  /** Creates a sermon from its text alone, without a recording. */
  POST: route({ access: 'editor', body: newTextSermonSchema }, async ({ services, member, body }) => {
    const { sermonId } = await createTextSermon(services, {
      ...body,
      churchId: member.churchId,
      createdBy: member.actor.userId,
    })
    const sermon = await findChurchSermon(services, { id: sermonId, churchId: member.churchId })
    return Response.json({ sermon: toApiSermon(sermon, services.env.SITE_URL) }, { status: 201 })
  }),
})
