import { z } from 'zod'
import { visitorRoute } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { services } from '#app/_server/services.ts'
import { answerWithTag } from '#lib/http/answer-with-tag.ts'
import { renderError } from '#lib/http/render-error.ts'
import { readStartTime, startQuery } from '#lib/listening/read-start-time.ts'
import { chooseLanguage } from '#lib/messages/choose-language.ts'
import { languages } from '#lib/messages/languages.ts'
import { readMessages } from '#lib/messages/read-messages.ts'
import { findCaller, limitRequest } from '#lib/rate-limits/limit-requests.ts'
import { findPublicSermon } from '#lib/sermons/find-public-sermon.ts'
import { renderEmbed, renderEmbedFailure } from '#lib/sharing/render-embed.ts'
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
      const language = languageOf(request)
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
    renderFailure,
  ),
})

const languageOf = (request: Request) =>
  chooseLanguage(request.headers.get('accept-language'), [...languages.keys()])

/** A frame shows a page, also when it shows no sermon. */
function renderFailure(error: unknown, request: Request): Response {
  const { status, headers } = renderError(error)
  const language = languageOf(request)
  const { common, errors, embed } = readMessages(language)
  const words =
    status === 404
      ? { title: errors.notFoundTitle, text: errors.notFoundText }
      : status === 400
        ? { title: errors.badAddressTitle, text: embed.badAddress }
        : { title: errors.pageFailed, text: embed.tryLater }
  const siteUrl = services().env.SITE_URL
  const html = renderEmbedFailure({ ...words, siteUrl, language, link: common.goToSermons })
  headers.set('content-type', 'text/html; charset=utf-8')
  return new Response(html, { status, headers })
}
