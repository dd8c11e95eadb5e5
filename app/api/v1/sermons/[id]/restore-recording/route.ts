import { recordingQuery } from '#app/_server/recording-query.ts'
import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { sermonParams } from '#app/_server/sermon-params.ts'
import { findChurchSermon } from '#lib/sermons/find-sermon.ts'
import { restoreRecording } from '#lib/sermons/restore-recording.ts'
import { toApiSermon } from '#lib/sermons/to-api-sermon.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes(
  '/api/v1/sermons/[id]/restore-recording',
  {
    /** Makes an earlier recording the current one again: `recording`, or else the one before. */
    POST: route(
      { access: 'editor', params: sermonParams, query: recordingQuery },
      async ({ services, member, params, query }) => {
        const target = { sermonId: params.id, churchId: member.churchId }
        await restoreRecording(services, { ...target, actorId: member.actor.userId, ...query })
        const sermon = await findChurchSermon(services, { id: params.id, churchId: member.churchId })
        return toApiSermon(sermon, services.env.SITE_URL)
      },
    ),
  },
)
