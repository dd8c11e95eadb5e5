import { z } from 'zod'
import { recordingQuery, requireRecording } from '#app/_server/recording-query.ts'
import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { sermonParams } from '#app/_server/sermon-params.ts'
import { requireMember } from '#lib/auth/actor.ts'
import { AppError } from '#lib/errors.ts'
import { findVisibleSermon } from '#lib/sermons/find-sermon.ts'
import { readTranscript } from '#lib/sermons/read-transcript.ts'
import { fromStoredTranscript } from '#lib/transcripts/from-stored-transcript.ts'
import { renderVtt } from '#lib/transcripts/render-vtt.ts'

const query = recordingQuery.extend({ revision: z.coerce.number().int().positive().optional() })

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes(
  '/api/v1/sermons/[id]/transcript.vtt',
  {
    /** The transcript of the current recording; with `revision` an earlier one, for the team only. */
    GET: route(
      { access: 'public', params: sermonParams, query },
      async ({ services, actor, params, query }) => {
        const sermon = await findVisibleSermon(services, { id: params.id, actor })
        requireRecording(sermon, query)
        if (sermon.isTextOnly)
          throw new AppError('not_found', 'This sermon is a text without a recording, so it has no captions.')
        const { revision } = query
        if (revision !== undefined) requireMember(actor, { role: 'viewer', churchId: sermon.churchId })
        const transcript = await readTranscript(services, { sermonId: sermon.id, revision })
        if (!transcript) throw new AppError('not_found', 'This sermon has no transcript yet.')
        const vtt = renderVtt({ ...fromStoredTranscript(transcript), isDraft: transcript.isDraft })
        return new Response(vtt, { headers: { 'content-type': 'text/vtt; charset=utf-8' } })
      },
    ),
  },
)
