import { z } from 'zod'
import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { answerQuestion, MAX_QUESTION_LENGTH } from '#lib/ask/answer-question.ts'
import { chooseAnswerer } from '#lib/ask/choose-answerer.ts'
import { MAX_EARLIER } from '#lib/ask/follow-question.ts'
import { streamAnswer } from '#lib/ask/stream-answer.ts'
import { toApiAnswer } from '#lib/ask/to-api-answer.ts'
import { findCaller, paceRequest } from '#lib/rate-limits/pace-requests.ts'
import { chooseEmbedder } from '#lib/search/choose-embedder.ts'
import { textLine } from '#lib/text/text-input.ts'

const question = z.object({
  question: textLine({ name: 'question', max: MAX_QUESTION_LENGTH, required: 'Type a question first.' }),
  sermonId: z.uuid().optional(),
  /** What was asked before in the same conversation, oldest first. It is used to search and never stored. */
  earlier: z
    .array(textLine({ name: 'earlier question', max: MAX_QUESTION_LENGTH }))
    .max(MAX_EARLIER)
    .optional(),
})

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/v1/ask', {
  /** Answers in the preachers' own words: as JSON if the caller accepts JSON, else as a UI message stream. */
  POST: route({ access: 'public', body: question }, async ({ services, request, actor, body }) => {
    const { env } = services
    await paceRequest(services, 'ask', findCaller(actor, request.headers))
    const deps = { db: services.db, embedder: chooseEmbedder(env), answerer: chooseAnswerer(env) }
    const answering = answerQuestion(deps, {
      question: body.question,
      earlier: body.earlier,
      scope: {
        memberOf: actor?.memberships.map(({ churchId }) => churchId) ?? [],
        sermonId: body.sermonId,
      },
      userId: actor?.userId ?? null,
      careHelp: env.SELAH_CARE_HELP,
      signal: request.signal,
    })
    const wantsJson = request.headers.get('accept')?.includes('application/json') ?? false
    return wantsJson ? toApiAnswer(await answering) : streamAnswer(answering)
  }),
})
