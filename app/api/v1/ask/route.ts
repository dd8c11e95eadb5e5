import { z } from 'zod'
import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { MAX_QUESTION_LENGTH } from '#lib/ask/answer-question.ts'
import { askSermons } from '#lib/ask/ask-sermons.ts'
import { MAX_EARLIER } from '#lib/ask/follow-question.ts'
import { streamAnswer } from '#lib/ask/stream-answer.ts'
import { toApiAnswer } from '#lib/ask/to-api-answer.ts'
import { findCaller, limitRequest } from '#lib/rate-limits/limit-requests.ts'
import { textKey, textLine } from '#lib/text/text-input.ts'

const MAX_SLUG = 200

const question = z.object({
  question: textLine({ name: 'question', max: MAX_QUESTION_LENGTH, required: 'Type a question first.' }),
  sermonId: z.uuid().optional(),
  /** The slug of the only series to ask. */
  series: textKey({ name: 'series', max: MAX_SLUG }).optional(),
  /** The slug of the only speaker to ask. */
  speaker: textKey({ name: 'speaker', max: MAX_SLUG }).optional(),
  /** The earlier questions of the same conversation, oldest first. They are used to search and never stored. */
  earlier: z
    .array(textLine({ name: 'earlier question', max: MAX_QUESTION_LENGTH }))
    .max(MAX_EARLIER)
    .optional(),
})

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/v1/ask', {
  /** Answers in the preachers' own words: as JSON if the caller accepts JSON, else as a UI message stream. */
  POST: route({ access: 'public', body: question }, async ({ services, request, actor, body }) => {
    await limitRequest(services, 'ask', findCaller(actor, request.headers))
    const asked = {
      question: body.question,
      earlier: body.earlier,
      scope: { sermonId: body.sermonId, seriesSlug: body.series, speakerSlug: body.speaker },
      actor,
      signal: request.signal,
    }
    const wantsJson = request.headers.get('accept')?.includes('application/json') ?? false
    return wantsJson
      ? toApiAnswer(await askSermons(services, asked))
      : streamAnswer((onProgress) => askSermons(services, { ...asked, onProgress }))
  }),
})
