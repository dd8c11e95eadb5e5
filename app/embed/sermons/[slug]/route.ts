import { z } from 'zod'
import { answerEmbedFailure } from '#app/_server/answer-embed-failure.ts'
import { visitorRoute } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { answerWithTag } from '#lib/http/answer-with-tag.ts'
import { readStartTime } from '#lib/listening/read-start-time.ts'
import { startQuery } from '#lib/listening/start-query.ts'
import { chooseLanguage } from '#lib/messages/choose-language.ts'
import { languages } from '#lib/messages/languages.ts'
import { readMessages } from '#lib/messages/read-messages.ts'
import { findCaller, limitRequest } from '#lib/rate-limits/limit-requests.ts'
import { findPublicSermon } from '#lib/sermons/find-public-sermon.ts'
import { renderEmbed } from '#lib/sharing/render-embed.ts'
import { textKey } from '#lib/text/text-input.ts'

const params = z.object({ slug: textKey({ name: 'address', max: 200 }) })
const query = z.object({
  theme: z.enum(['light', 'dark', 'auto']).default('auto'),
  t: startQuery.optional(),
})

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/embed/sermons/[slug]', {
  /** A published sermon for a frame on another site; `t` is where it begins, `theme` its colours. */
  GET: visitorRoute(
    { params, query },
    async ({ services, request, params, query }) => {
      await limitRequest(services, 'feed', findCaller(null, request.headers))
      const sermon = await findPublicSermon(services, { slug: params.slug })
      const language = chooseLanguage(request.headers.get('accept-language'), [...languages.keys()])
      return answerWithTag(request, {
        body: renderEmbed(sermon, {
          siteUrl: services.env.SITE_URL,
          theme: query.theme,
          startMs: readStartTime(query.t),
          language,
          words: readMessages(language).embed,
        }),
        contentType: 'text/html; charset=utf-8',
        cacheControl: 'public, no-cache',
        headers: { vary: 'accept-language' },
      })
    },
    answerEmbedFailure,
  ),
})
