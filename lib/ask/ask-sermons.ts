import type { Actor } from '#lib/auth/actor.ts'
import type { Database } from '#lib/db/connect-database.ts'
import type { Env } from '#lib/env.ts'
import { chooseEmbedder } from '#lib/search/choose-embedder.ts'
import { chooseReranker } from '#lib/search/choose-reranker.ts'
import type { SearchScope } from '#lib/search/search-scope.ts'
import type { Answer, AnswerSoFar } from './answer.ts'
import { answerQuestion } from './answer-question.ts'
import { chooseAnswerer } from './choose-answerer.ts'

/**
 * Answers a question with the model of the settings, or without one. `earlier` holds the questions asked before,
 * oldest first. The caller counts the request against a pace first.
 */
export async function askSermons(
  { db, env }: { db: Database; env: Env },
  input: {
    question: string
    earlier?: readonly string[] | undefined
    scope: Omit<SearchScope, 'memberOf'>
    actor: Actor | null
    /** Asked by opening a page, which may be opened again. */
    isPage?: boolean | undefined
    onProgress?: ((soFar: AnswerSoFar) => void) | undefined
    signal?: AbortSignal | undefined
  },
): Promise<Answer> {
  const { question, earlier, scope, actor, isPage, onProgress, signal } = input
  return answerQuestion(
    { db, embedder: chooseEmbedder(env), reranker: chooseReranker(env), answerer: chooseAnswerer(env) },
    {
      question,
      earlier,
      scope: { ...scope, memberOf: actor?.memberships.map(({ churchId }) => churchId) ?? [] },
      isPage,
      careHelp: env.SELAH_CARE_HELP,
      onProgress,
      signal,
    },
  )
}
