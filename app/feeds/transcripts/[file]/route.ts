import { z } from 'zod'
import { visitorRoute } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { AppError } from '#lib/errors.ts'
import { answerWithTag } from '#lib/http/answer-with-tag.ts'
import { findCaller, limitRequest } from '#lib/rate-limits/limit-requests.ts'
import { findPublicSermon } from '#lib/sermons/find-public-sermon.ts'
import { readTranscript } from '#lib/sermons/read-transcript.ts'
import { fromStoredTranscript } from '#lib/transcripts/from-stored-transcript.ts'
import { renderSrt } from '#lib/transcripts/render-srt.ts'
import { renderVtt } from '#lib/transcripts/render-vtt.ts'

const params = z.object({
  file: z.stringFormat('file', /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.(vtt|srt)$/),
})

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/feeds/transcripts/[file]', {
  /** The transcript of a published sermon, as WebVTT or SubRip, at an address that never changes. */
  GET: visitorRoute({ params }, async ({ services, request, params }) => {
    await limitRequest(services, 'feed', findCaller(null, request.headers))
    const [id = '', extension] = params.file.split('.')
    const sermon = await findPublicSermon(services, { id })
    const stored = await readTranscript(services, { sermonId: sermon.id })
    if (!stored) throw new AppError('not_found', 'This sermon has no transcript yet.')
    const transcript = { ...fromStoredTranscript(stored), isDraft: stored.isDraft }
    return answerWithTag(request, {
      body: extension === 'srt' ? renderSrt(transcript) : renderVtt(transcript),
      contentType: `${extension === 'srt' ? 'application/x-subrip' : 'text/vtt'}; charset=utf-8`,
      cacheControl: 'public, no-cache',
    })
  }),
})
