import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { sermonParams } from '#app/_server/sermon-params.ts'
import { confirmRecording } from '#lib/sermons/confirm-recording.ts'
import { findChurchSermon } from '#lib/sermons/find-sermon.ts'
import { toApiSermon } from '#lib/sermons/to-api-sermon.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes(
  '/api/v1/sermons/[id]/confirm-recording',
  {
    /** Uses the recording in spite of its warnings. */
    POST: route({ access: 'editor', params: sermonParams }, async ({ services, member, params }) => {
      const target = { sermonId: params.id, churchId: member.churchId }
      await confirmRecording(services, { ...target, actorId: member.actor.userId })
      const sermon = await findChurchSermon(services, { id: params.id, churchId: member.churchId })
      return toApiSermon(sermon, services.env.SITE_URL)
    }),
  },
)
