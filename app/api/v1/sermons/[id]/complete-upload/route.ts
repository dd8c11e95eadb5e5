import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { sermonParams } from '#app/_server/sermon-params.ts'
import { completeUpload } from '#lib/sermons/complete-upload.ts'
import { findChurchSermon } from '#lib/sermons/find-sermon.ts'
import { toApiSermon } from '#lib/sermons/to-api-sermon.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes(
  '/api/v1/sermons/[id]/complete-upload',
  {
    /** Completes the upload and starts processing. Calling it again changes nothing. */
    POST: route({ access: 'editor', params: sermonParams }, async ({ services, member, params }) => {
      const target = { sermonId: params.id, churchId: member.churchId }
      await completeUpload(services, target)
      const sermon = await findChurchSermon(services, { id: params.id, churchId: member.churchId })
      return Response.json(toApiSermon(sermon, services.env.SITE_URL), { status: 202 })
    }),
  },
)
