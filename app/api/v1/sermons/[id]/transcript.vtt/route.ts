import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { sermonParams } from '#app/_server/sermon-params.ts'
import { AppError } from '#lib/errors.ts'
import { findVisibleSermon } from '#lib/sermons/find-sermon.ts'
import { readTranscript } from '#lib/sermons/read-transcript.ts'
import { fromStoredTranscript } from '#lib/transcripts/from-stored-transcript.ts'
import { renderVtt } from '#lib/transcripts/render-vtt.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes(
  '/api/v1/sermons/[id]/transcript.vtt',
  {
    GET: route({ access: 'public', params: sermonParams }, async ({ services, actor, params }) => {
      const sermon = await findVisibleSermon(services, { id: params.id, actor })
      const transcript = await readTranscript(services, { sermonId: sermon.id })
      if (!transcript) throw new AppError('not_found', 'This sermon has no transcript yet.')
      const vtt = renderVtt({ ...fromStoredTranscript(transcript), isDraft: transcript.isDraft })
      return new Response(vtt, { headers: { 'content-type': 'text/vtt; charset=utf-8' } })
    }),
  },
)
