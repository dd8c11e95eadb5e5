import { z } from 'zod'
import { visitorRoute } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { coverKinds } from '#lib/artwork/artwork-address.ts'
import { findCover } from '#lib/feeds/find-cover.ts'
import { answerWithTag } from '#lib/http/answer-with-tag.ts'
import { findCaller, limitRequest } from '#lib/rate-limits/limit-requests.ts'

const params = z.object({
  kind: z.enum(coverKinds),
  id: z.uuid(),
  file: z.stringFormat('file', /^[0-9a-f]{1,64}\.jpg$/),
})

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/feeds/artwork/[kind]/[id]/[file]', {
  /** A square cover: 3000 px of a feed, 1400 px of a sermon. The version in the address is for caches only. */
  GET: visitorRoute({ params }, async ({ services, request, params }) => {
    await limitRequest(services, 'artwork', findCaller(null, request.headers))
    const { version, draw } = await findCover(services, params)
    return answerWithTag(request, {
      tag: `"${version}"`,
      body: draw,
      contentType: 'image/jpeg',
      cacheControl: 'public, max-age=3600',
    })
  }),
})
