import { expect, test } from 'vitest'
import { createCandidate, request } from '#test/answer-request.ts'
import { extractiveAnswerer } from './extractive-answerer.ts'

const wordsOfAsking = {
  ...request,
  query: { ...request.query, terms: request.query.terms.map((term) => ({ ...term, weight: 0.5 })) },
}
const phrase = createCandidate('phrase', ['Trouble is the first and the last.'])
const word = createCandidate('word', ['Take trouble to God.'])
word.hit.order = 0.1

test('a question of words of asking alone is answered by its phrase, and never by a moment that says one of them', async () => {
  const { outcome, picks } = await extractiveAnswerer.decide({ ...wordsOfAsking, candidates: [word, phrase] })
  expect(outcome).toBe('answered')
  expect(picks.map(({ candidate }) => candidate)).toEqual(['phrase'])
})

test('without its phrase it is refused', async () => {
  const { outcome } = await extractiveAnswerer.decide({ ...wordsOfAsking, candidates: [word] })
  expect(outcome).toBe('refused')
})

test('a question with a subject is also answered by other moments', async () => {
  const { picks } = await extractiveAnswerer.decide({ ...request, candidates: [word, phrase] })
  expect(picks.map(({ candidate }) => candidate)).toContain('word')
})
