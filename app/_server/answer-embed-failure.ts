import { services } from '#app/_server/services.ts'
import { renderError } from '#lib/http/render-error.ts'
import { chooseLanguage } from '#lib/messages/choose-language.ts'
import { languages } from '#lib/messages/languages.ts'
import { readMessages } from '#lib/messages/read-messages.ts'
import { renderEmbedFailure } from '#lib/sharing/render-embed.ts'

/** The answer to a frame that cannot show its sermon: a frame shows a page, also then. */
export function answerEmbedFailure(error: unknown, request: Request): Response {
  const { status, headers } = renderError(error)
  const language = chooseLanguage(request.headers.get('accept-language'), [...languages.keys()])
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
