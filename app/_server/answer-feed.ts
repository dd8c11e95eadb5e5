import type { z } from 'zod'
import type { Services } from '#lib/create-services.ts'
import type { FeedScope } from '#lib/feeds/feed.ts'
import type { feedQuery } from '#lib/feeds/feed-query.ts'
import { readFeed } from '#lib/feeds/read-feed.ts'
import { renderFeed } from '#lib/feeds/render-feed.ts'
import { answerWithTag } from '#lib/http/answer-with-tag.ts'
import { findCaller, limitRequest } from '#lib/rate-limits/limit-requests.ts'
import { toSermonFilter } from '#lib/sermons/filter-sermons.ts'

/** Answers a podcast app with a page of a feed, or 304. Caches revalidate each time, so a removed sermon disappears immediately. */
export async function answerFeed(
  { services, request, query }: { services: Services; request: Request; query: z.infer<typeof feedQuery> },
  scope: FeedScope,
): Promise<Response> {
  await limitRequest(services, 'feed', findCaller(null, request.headers))
  const feed = await readFeed(services, { scope, filter: toSermonFilter(query), after: query.after })
  return answerWithTag(request, {
    body: renderFeed(feed),
    contentType: 'application/rss+xml; charset=utf-8',
    cacheControl: 'public, no-cache',
  })
}
