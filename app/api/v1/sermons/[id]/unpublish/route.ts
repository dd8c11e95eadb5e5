import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { sermonParams } from '#app/_server/sermon-params.ts'
import { findChurchSermon } from '#lib/sermons/find-sermon.ts'
import { unpublishSermon } from '#lib/sermons/publish-sermon.ts'
import { toApiSermon } from '#lib/sermons/to-api-sermon.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/v1/sermons/[id]/unpublish', {
  /** Unpublishes the sermon: only the team can open it. */
  POST: route({ access: 'editor', params: sermonParams }, async ({ services, member, params }) => {
    const target = { sermonId: params.id, churchId: member.churchId }
    await unpublishSermon(services, target)
    const sermon = await findChurchSermon(services, { id: params.id, churchId: member.churchId })
    return toApiSermon(sermon, services.env.SITE_URL)
  }),
})
