import type { z } from 'zod'
import type { Services } from '#lib/create-services.ts'
import type { FeedScope } from '#lib/feeds/feed.ts'
import type { feedQuery } from '#lib/feeds/feed-query.ts'
import { readFeed } from '#lib/feeds/read-feed.ts'
import { renderFeed } from '#lib/feeds/render-feed.ts'
import { answerWithTag } from '#lib/http/answer-with-tag.ts'
import { findCaller, paceRequest } from '#lib/rate-limits/pace-requests.ts'
import { toSermonFilter } from '#lib/sermons/filter-sermons.ts'

/** Answers a podcast app with a page of a feed, or 304. Caches ask each time, so a sermon leaves at once. */
export async function answerFeed(
  { services, request, query }: { services: Services; request: Request; query: z.infer<typeof feedQuery> },
  scope: FeedScope,
): Promise<Response> {
  await paceRequest(services, 'feed', findCaller(null, request.headers))
  const feed = await readFeed(services, { scope, filter: toSermonFilter(query), after: query.after })
  return answerWithTag(request, {
    body: renderFeed(feed),
    contentType: 'application/rss+xml; charset=utf-8',
    cacheControl: 'public, no-cache',
  })
}
