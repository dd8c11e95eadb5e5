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
  const { SITE_URL: siteUrl } = services().env
  const html = renderEmbedFailure({ status, siteUrl, language, messages: readMessages(language) })
  headers.set('content-type', 'text/html; charset=utf-8')
  return new Response(html, { status, headers })
}
