import { visitorRoute } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { sermonParams } from '#app/_server/sermon-params.ts'
import { answerWithTag } from '#lib/http/answer-with-tag.ts'
import { defaultLanguage } from '#lib/messages/languages.ts'
import { readMessages } from '#lib/messages/read-messages.ts'
import { findCaller, limitRequest } from '#lib/rate-limits/limit-requests.ts'
import { findQuoteCard } from '#lib/sharing/find-quote-card.ts'
import { quoteCardQuery } from '#lib/sharing/quote-card-query.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes(
  '/api/v1/sermons/[id]/quote-card.png',
  {
    /** An image of the sentences of a published sermon that begin within a span, square or wide. */
    GET: visitorRoute(
      { params: sermonParams, query: quoteCardQuery },
      async ({ services, request, params, query }) => {
        await limitRequest(services, 'artwork', findCaller(null, request.headers))
        const { version, draw } = await findQuoteCard(services, {
          sermonId: params.id,
          span: { startMs: query.start, endMs: query.end },
          shape: query.shape,
          draftNote: readMessages(defaultLanguage).sermon.draftTranscript,
        })
        return answerWithTag(request, {
          tag: `"${version}"`,
          body: draw,
          contentType: 'image/png',
          // Short: after unpublishing or a correction the earlier card must not be shown for long.
          cacheControl: 'public, max-age=300',
        })
      },
    ),
  },
)
