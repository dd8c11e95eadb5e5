import { answerFeed } from '#app/_server/answer-feed.ts'
import { visitorRoute } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { feedFileParams, feedQuery } from '#lib/feeds/feed-query.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/feeds/topics/[file]', {
  /** The podcast of one topic: `/feeds/topics/<slug>.xml`. */
  GET: visitorRoute({ params: feedFileParams, query: feedQuery }, (input) =>
    answerFeed(input, { kind: 'topic', slug: input.params.file.replace(/\.xml$/, '') }),
  ),
})
