import { headers } from 'next/headers'
import { services } from '#app/_server/services.ts'
import { addAnswerPart } from '#components/ask/answer-stream.ts'
import { type AskAddress, askBody, chosenScope } from '#components/ask/ask-address.ts'
import { emptyAnswer } from '#components/ask/empty-answer.ts'
import type { GivenAnswer } from '#components/ask/use-answer.ts'
import { answerParts } from '#lib/ask/answer-parts.ts'
import type { AskScopeOption } from '#lib/ask/ask-scope-options.ts'
import { askSermons } from '#lib/ask/ask-sermons.ts'
import type { Actor } from '#lib/auth/actor.ts'
import { AppError } from '#lib/errors.ts'
import { findCaller, limitRequest } from '#lib/rate-limits/limit-requests.ts'

/** Answers the question of an address, for the first view of its page; null without a question. */
export async function answerAddress(
  address: AskAddress,
  { options, actor }: { options: readonly AskScopeOption[]; actor: Actor | null },
): Promise<GivenAnswer | null> {
  const body = askBody(address, options)
  if (body === null) return null
  const { question, earlier } = address
  const chosen = chosenScope(address, options)
  const slugOf = (kind: AskScopeOption['kind']) => (chosen?.kind === kind ? chosen.slug : undefined)
  try {
    await limitRequest(services(), 'ask', findCaller(actor, await headers()))
    const answer = await askSermons(services(), {
      question,
      earlier,
      scope: {
        sermonId: chosen?.sermonId ?? undefined,
        seriesSlug: slugOf('series'),
        speakerSlug: slugOf('speaker'),
      },
      actor,
      isPage: true,
    })
    return {
      body,
      asking: { state: 'answered', answer: answerParts(answer).reduce(addAnswerPart, emptyAnswer) },
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { body, asking: { state: 'failed', failure: 'noAnswer', message: error.message } }
  }
}
