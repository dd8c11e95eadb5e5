import { answerFeed } from '#app/_server/answer-feed.ts'
import { visitorRoute } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { feedFileParams, feedQuery } from '#lib/feeds/feed-query.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/feeds/speakers/[file]', {
  /** The podcast of one speaker: `/feeds/speakers/<slug>.xml`. */
  GET: visitorRoute({ params: feedFileParams, query: feedQuery }, (input) =>
    answerFeed(input, { kind: 'speaker', slug: input.params.file.replace(/\.xml$/, '') }),
  ),
})
