import { answerFeed } from '#app/_server/answer-feed.ts'
import { visitorRoute } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { feedQuery } from '#lib/feeds/feed-query.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/feeds/podcast.xml', {
  /** The church's podcast; with `book`, `year`, `series`, `speaker`, `topic` or `q` a part of it. */
  GET: visitorRoute({ query: feedQuery }, (input) => answerFeed(input, { kind: 'church' })),
})
