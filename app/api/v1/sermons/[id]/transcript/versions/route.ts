import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { sermonParams } from '#app/_server/sermon-params.ts'
import { readChapters } from '#lib/chapters/read-chapters.ts'
import { restoreTranscript } from '#lib/sermons/correct-transcript.ts'
import { findChurchSermon } from '#lib/sermons/find-sermon.ts'
import { listTranscriptVersions } from '#lib/sermons/list-transcript-versions.ts'
import { toApiTranscript } from '#lib/sermons/to-api-transcript.ts'
import { transcriptRestoreSchema } from '#lib/sermons/transcript-input.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes(
  '/api/v1/sermons/[id]/transcript/versions',
  {
    GET: route({ access: 'viewer', params: sermonParams }, async ({ services, member, params }) => {
      await findChurchSermon(services, { id: params.id, churchId: member.churchId })
      return { versions: await listTranscriptVersions(services, { sermonId: params.id }) }
    }),
    POST: route(
      { access: 'editor', params: sermonParams, body: transcriptRestoreSchema },
      async ({ services, member, params, body }) => {
        const author = { sermonId: params.id, churchId: member.churchId, actorId: member.actor.userId }
        const restored = await restoreTranscript({ ...services, now: () => new Date() }, author, body)
        return toApiTranscript(restored, await readChapters(services, { sermonId: params.id }))
      },
    ),
  },
)
