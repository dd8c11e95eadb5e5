import { z } from 'zod'
import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { MAX_LISTED } from '#components/library/own-library.ts'
import { findCaller, limitRequest } from '#lib/rate-limits/limit-requests.ts'
import { toSermonFilter } from '#lib/sermons/filter-sermons.ts'
import { listPlayableSermons } from '#lib/sermons/list-sermons.ts'
import { toApiPlayable } from '#lib/sermons/playable-sermon.ts'
import { sermonFilterQuery } from '#lib/sermons/sermon-filter-query.ts'

const playableQuery = sermonFilterQuery.extend({
  limit: z.coerce.number().int().min(1).max(MAX_LISTED).default(MAX_LISTED),
})

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/v1/sermons/playable', {
  /** What plays one after the other on the page of a series, speaker, topic, year or book. */
  GET: route({ access: 'public', query: playableQuery }, async ({ services, request, actor, query }) => {
    await limitRequest(services, 'feed', findCaller(actor, request.headers))
    const { limit, ...filter } = query
    const found = await listPlayableSermons(services, { ...toSermonFilter(filter), limit })
    return { sermons: found.map(toApiPlayable) }
  }),
})
