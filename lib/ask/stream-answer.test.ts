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
  return toParts(await streamAnswer(() => answering).text())
}

function toParts(text: string): unknown[] {
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
      meant: null,
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
      meant: null,
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

it('sends care and quotes when they are certain, before the answer is complete, and only once', async () => {
  let complete: (answer: Answer) => void = () => {}
  const response = streamAnswer((onProgress) => {
    onProgress({ care: 'You matter.', readAs: null, meant: null, quotes: [] })
    onProgress({ care: 'You matter.', readAs: null, meant: null, quotes: [quote] })
    return new Promise((resolve) => {
      complete = resolve
    })
  })
  const reader = (response.body as ReadableStream<Uint8Array>).getReader()
  const decoder = new TextDecoder()
  let text = ''
  const readUntil = async (wanted: string | null) => {
    for (;;) {
      if (wanted !== null && text.includes(wanted)) return
      const { value, done } = await reader.read()
      if (done) return
      text += decoder.decode(value, { stream: true })
    }
  }
  await readUntil('data-quote')
  complete({
    care: 'You matter.',
    readAs: null,
    meant: null,
    kind: 'quotes',
    sermons: [],
    speakers: [],
    linked: null,
    outcome: 'answered',
    refused: false,
    answer: null,
    quotes: [quote, { ...quote, firstWord: 9 }],
    nearest: [],
    note: null,
    answerer: 'model:m',
  })
  await readUntil(null)
  const types = toParts(text).map(
    (part) => (part as { type: string; id?: string }).id ?? (part as { type: string }).type,
  )
  expect(types).toEqual(['start', 'care', 'q1', 'q2', 'outcome', 'finish'])
})
