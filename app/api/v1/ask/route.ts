import { z } from 'zod'
import { route } from '#app/_server/route.ts'
import { answerQuestion, MAX_QUESTION_LENGTH } from '#lib/ask/answer-question.ts'
import { chooseAnswerer } from '#lib/ask/choose-answerer.ts'
import { clientKey } from '#lib/ask/client-key.ts'
import { streamAnswer } from '#lib/ask/stream-answer.ts'
import { toApiAnswer } from '#lib/ask/to-api-answer.ts'
import { createTokenBucket } from '#lib/ask/token-bucket.ts'
import { AppError } from '#lib/errors.ts'
import { chooseEmbedder } from '#lib/search/choose-embedder.ts'

const question = z.object({
  question: z
    .string()
    .trim()
    .min(1, 'Type a question first.')
    .max(MAX_QUESTION_LENGTH, 'Please ask in fewer words.'),
  sermonId: z.uuid().optional(),
})

const askingPace = createTokenBucket({ capacity: 20, refillMs: 3000 })

/** Answers in the preachers' own words: as JSON where it is asked for, else as a UI message stream. */
export const POST = route(
  { access: 'public', body: question },
  async ({ services, request, actor, body }) => {
    const turn = askingPace.take(actor?.userId ?? clientKey(request.headers), Date.now())
    if (!turn.allowed) {
      throw new AppError('rate_limited', 'That was many questions at once. Please wait a few seconds.', {
        reason: 'ask.too_many',
        retryAfterMs: turn.retryAfterMs,
      })
    }
    const embedder = chooseEmbedder(services.env)
    const answering = answerQuestion(
      { db: services.db, embedder, answerer: chooseAnswerer(services.env, embedder) },
      {
        question: body.question,
        scope: {
          memberOf: actor?.memberships.map(({ churchId }) => churchId) ?? [],
          sermonId: body.sermonId,
        },
        userId: actor?.userId ?? null,
        signal: request.signal,
      },
    )
    const wantsJson = request.headers.get('accept')?.includes('application/json') ?? false
    return wantsJson ? toApiAnswer(await answering) : streamAnswer(answering)
  },
)
