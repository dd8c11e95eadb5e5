import { z } from 'zod'
import { visitorRoute } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { readChapters } from '#lib/chapters/read-chapters.ts'
import { AppError } from '#lib/errors.ts'
import { answerWithTag } from '#lib/http/answer-with-tag.ts'
import { findCaller, limitRequest } from '#lib/rate-limits/limit-requests.ts'
import { findPublicSermon } from '#lib/sermons/find-public-sermon.ts'

const params = z.object({
  file: z.stringFormat('file', /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.json$/),
})

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/feeds/chapters/[file]', {
  /** The chapters of a published sermon in the JSON of Podcasting 2.0, at an address that never changes. */
  GET: visitorRoute({ params }, async ({ services, request, params }) => {
    await limitRequest(services, 'feed', findCaller(null, request.headers))
    const sermon = await findPublicSermon(services, { id: params.file.slice(0, -'.json'.length) })
    const { chapters } = await readChapters(services, { sermonId: sermon.id })
    if (chapters.length === 0) throw new AppError('not_found', 'This sermon has no chapters.')
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
