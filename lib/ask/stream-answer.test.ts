import { expect, it } from 'vitest'
import { AppError } from '#lib/errors.ts'
import type { Answer, Quote } from './answer.ts'
import { streamAnswer } from './stream-answer.ts'

const quote: Quote = {
  sermonId: 's',
  slug: 'on-prayer',
  title: 'On Prayer',
  speaker: 'A. Preacher',
  transcriptId: 't',
  mediaRevision: 2,
  firstWord: 3,
  lastWord: 6,
  startMs: 1000,
  endMs: 2000,
  text: 'Take trouble to God.',
  language: 'en',
  isDraft: false,
  isTextOnly: false,
}
const shown = {
  sermonId: 's',
  slug: 'on-prayer',
  title: 'On Prayer',
  speaker: 'A. Preacher',
  recording: 2,
  startMs: 1000,
  endMs: 2000,
  text: quote.text,
  language: 'en',
  draft: false,
  textOnly: false,
}

async function partsOf(answering: Promise<Answer>): Promise<unknown[]> {
  const text = await streamAnswer(answering).text()
  return text
    .split('\n\n')
    .map((event) => event.replace(/^data: /, ''))
    .filter((data) => data !== '' && data !== '[DONE]')
    .map((data) => JSON.parse(data) as unknown)
}

it('sends quotes as data and only the model’s own words as text', async () => {
  const parts = await partsOf(
    Promise.resolve({
      care: null,
      readAs: null,
      kind: 'quotes',
      sermons: [],
      speakers: [],
      linked: null,
      outcome: 'answered',
      refused: false,
      answer: 'He says:',
      quotes: [quote],
      nearest: [],
      note: null,
      answerer: 'model:m',
    }),
  )
  expect(parts).toEqual([
    { type: 'start', messageId: expect.any(String) },
    { type: 'text-start', id: 'words' },
    { type: 'text-delta', id: 'words', delta: 'He says:' },
    { type: 'text-end', id: 'words' },
    { type: 'data-quote', id: 'q1', data: shown },
    { type: 'data-outcome', id: 'outcome', data: { outcome: 'answered', refused: false, note: null } },
    { type: 'finish' },
  ])
})

it('sends the nearest moments of a refusal apart from quotes', async () => {
  const parts = await partsOf(
    Promise.resolve({
      care: null,
      readAs: null,
      kind: 'quotes',
      sermons: [],
      speakers: [],
      linked: null,
      outcome: 'refused',
      refused: true,
      answer: null,
      quotes: [],
      nearest: [quote],
      note: null,
      answerer: 'extractive',
    }),
  )
  expect(parts).toContainEqual({ type: 'data-nearest', id: 'nearest', data: [shown] })
  expect(parts).toContainEqual({
    type: 'data-outcome',
    id: 'outcome',
    data: { outcome: 'refused', refused: true, note: null },
  })
})

it('sends the message of an expected failure and hides that of any other error', async () => {
  const expected = await partsOf(Promise.reject(new AppError('unavailable', 'Come back in a minute.')))
  expect(expected).toContainEqual({ type: 'error', errorText: 'Come back in a minute.' })
  const bug = await partsOf(Promise.reject(new Error('select secret from table')))
  expect(JSON.stringify(bug)).not.toContain('secret')
})
