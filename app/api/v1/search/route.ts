import { z } from 'zod'
import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { findCaller, limitRequest } from '#lib/rate-limits/limit-requests.ts'
import { chooseEmbedder } from '#lib/search/choose-embedder.ts'
import { chooseReranker } from '#lib/search/choose-reranker.ts'
import { searchPassages } from '#lib/search/search-passages.ts'
import { toApiHit } from '#lib/search/to-api-hit.ts'
import { textLine } from '#lib/text/text-input.ts'

const searchQuery = z.object({
  q: textLine({ name: 'search', max: 2000 }).default(''),
  limit: z.coerce.number().int().min(1).max(100).default(10),
  sermonId: z.uuid().optional(),
})

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/v1/search', {
  /** Passages that match the query, in published sermons and in sermons of the caller's churches. */
  GET: route({ access: 'public', query: searchQuery }, async ({ services, request, actor, query }) => {
    await limitRequest(services, 'search', findCaller(actor, request.headers))
    const { hits } = await searchPassages(
      {
        db: services.db,
        embedder: chooseEmbedder(services.env),
        reranker: chooseReranker(services.env),
      },
      {
        query: query.q,
        limit: query.limit,
        perSermon: query.sermonId ? query.limit : 3,
        scope: {
          memberOf: actor?.memberships.map(({ churchId }) => churchId) ?? [],
          sermonId: query.sermonId,
        },
        signal: request.signal,
      },
    )
    return { results: hits.map(toApiHit) }
  }),
})
