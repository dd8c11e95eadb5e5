import { z } from 'zod'
import { refuseOthers } from '#app/_server/refuse-others.ts'
import { route } from '#app/_server/route.ts'
import { chooseEmbedder } from '#lib/search/choose-embedder.ts'
import { searchPassages } from '#lib/search/search-passages.ts'
import { toApiHit } from '#lib/search/to-api-hit.ts'

const searchQuery = z.object({
  q: z.string().max(2000, 'Please search with fewer words.').default(''),
  limit: z.coerce.number().int().min(1).max(50).default(10),
  sermonId: z.uuid().optional(),
})

/** Passages that fit the query, in published sermons and in those of the caller's churches. */
export const GET = route(
  { access: 'public', query: searchQuery },
  async ({ services, request, actor, query }) => {
    const { hits } = await searchPassages(
      { db: services.db, embedder: chooseEmbedder(services.env) },
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
  },
)

export const { DELETE, OPTIONS, PATCH, POST, PUT } = refuseOthers('GET')
