import { refuseOthers } from '#app/_server/refuse-others.ts'
import { route } from '#app/_server/route.ts'
import { sermonParams } from '#app/_server/sermon-params.ts'
import { findChurchSermon } from '#lib/sermons/find-sermon.ts'
import { unpublishSermon } from '#lib/sermons/publish-sermon.ts'
import { toApiSermon } from '#lib/sermons/to-api-sermon.ts'

/** Takes the sermon back to members only. */
export const POST = route(
  { access: 'editor', params: sermonParams },
  async ({ services, member, params }) => {
    const wanted = { sermonId: params.id, churchId: member.churchId }
    await unpublishSermon(services, wanted)
    const sermon = await findChurchSermon(services, { id: params.id, churchId: member.churchId })
    return toApiSermon(sermon, services.env.SITE_URL)
  },
)

export const { DELETE, GET, OPTIONS, PATCH, PUT } = refuseOthers('POST')
