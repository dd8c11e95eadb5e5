import { z } from 'zod'
import { recordingQuery, requireRecording } from '#app/_server/recording-query.ts'
import { visitorRoute } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { readChapters } from '#lib/chapters/read-chapters.ts'
import { answerWithTag } from '#lib/http/answer-with-tag.ts'
import { findCaller, limitRequest } from '#lib/rate-limits/limit-requests.ts'
import { findPublicSermon } from '#lib/sermons/find-public-sermon.ts'

const params = z.object({
  file: z.stringFormat('file', /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.json$/),
})

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/feeds/chapters/[file]', {
  /**
   * The chapters of a published sermon in the JSON of Podcasting 2.0, at an address that never changes. A player names
   * its recording, and gets those of no other one.
   */
  GET: visitorRoute({ params, query: recordingQuery }, async ({ services, request, params, query }) => {
    await limitRequest(services, 'feed', findCaller(null, request.headers))
    const sermon = await findPublicSermon(services, { id: params.file.slice(0, -'.json'.length) })
    requireRecording(sermon, query)
    const { chapters } = await readChapters(services, { sermonId: sermon.id })
    return answerWithTag(request, {
      body: JSON.stringify({
        version: '1.2.0',
        chapters: chapters.map(({ title, startMs }) => ({ startTime: startMs / 1000, title })),
      }),
      contentType: 'application/json+chapters',
      cacheControl: 'public, no-cache',
    })
  }),
})
