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
import { readSeriesPlaylist } from '#lib/sharing/read-series-playlist.ts'
import { renderSeriesEmbed } from '#lib/sharing/render-series-embed.ts'
import { textKey } from '#lib/text/text-input.ts'

const slug = textKey({ name: 'address', max: 200 })
const params = z.object({ slug })
const query = z.object({
  theme: z.enum(['light', 'dark', 'auto']).default('auto'),
  sermon: slug.optional(),
  t: startQuery.optional(),
})

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/embed/series/[slug]', {
  /** A series for a frame on another site: `sermon` is where it begins, `t` the time in it, `theme` its colours. */
  GET: visitorRoute(
    { params, query },
    async ({ services, request, params, query }) => {
      await limitRequest(services, 'feed', findCaller(null, request.headers))
      const playlist = await readSeriesPlaylist(services, params)
      const language = chooseLanguage(request.headers.get('accept-language'), [...languages.keys()])
      return answerWithTag(request, {
        body: renderSeriesEmbed(playlist, {
          siteUrl: services.env.SITE_URL,
          theme: query.theme,
          start: { sermonSlug: query.sermon ?? null, startMs: readStartTime(query.t) },
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
