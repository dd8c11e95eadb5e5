import { describe, expect, it } from 'vitest'
import { addAnswerPart, readStreamParts } from './answer-stream.ts'
import { emptyAnswer } from './empty-answer.ts'

const quote = {
  sermonId: 'a',
  slug: 'a',
  title: 'A',
  speaker: 'B',
  recording: 1,
  startMs: 1000,
  endMs: 2000,
  text: 'Fear not.',
  language: 'en',
  isDraft: false,
  isTextOnly: false,
}

async function collect(chunks: string[]): Promise<unknown[]> {
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(encoder.encode(chunk))
      controller.close()
    },
  })
  const parts: unknown[] = []
  for await (const part of readStreamParts(body)) parts.push(part)
  return parts
}

describe('readStreamParts', () => {
  it('joins parts that the network split at any place', async () => {
    const parts = await collect([
      'data: {"type":"te',
      'xt-delta","delta":"é"}\n',
      '\ndata: {"type":"finish"}\n\ndata: [DONE]\n\n',
    ])
    expect(parts).toEqual([{ type: 'text-delta', delta: 'é' }, { type: 'finish' }])
  })

  it('reads the last part of a stream that ends without [DONE]', async () =>
    expect(await collect([': hello\n\n', 'data: {"type":"start"}'])).toEqual([{ type: 'start' }]))
})

describe('addAnswerPart', () => {
  const answerOf = (...parts: unknown[]) => parts.reduce(addAnswerPart, emptyAnswer)

  it('keeps quotes apart from what a model wrote', () => {
    const answer = answerOf(
      { type: 'text-delta', delta: 'He says: ' },
      { type: 'data-quote', id: 'q1', data: quote },
      { type: 'data-outcome', data: { refused: false } },
    )
    expect(answer).toMatchObject({ modelWords: 'He says: ', isRefused: false })
    expect(answer.quotes).toEqual([{ id: 'q1', quote }])
  })

  it('keeps the help for a person in distress', () =>
    expect(answerOf({ type: 'data-care', id: 'care', data: { text: 'You matter.' } })).toMatchObject({
      care: 'You matter.',
      isRefused: null,
    }))

  it('replaces a quote that arrives again with the same id', () => {
    const answer = answerOf(
      { type: 'data-quote', id: 'q1', data: quote },
      { type: 'data-quote', id: 'q1', data: { ...quote, text: 'Fear not, little flock.' } },
    )
    expect(answer.quotes.map(({ quote: { text } }) => text)).toEqual(['Fear not, little flock.'])
  })

  it('keeps the list that a question asked for, and ignores a malformed list', () => {
    const sermon = { sermonId: 'a', slug: 'a', title: 'A', speaker: null, series: null, scripture: '' }
    const list = { kind: 'sermons', sermons: [sermon], speakers: [] }
    expect(answerOf({ type: 'data-list', data: list }).list).toEqual({
      ...list,
      sermons: [{ slug: 'a', title: 'A', speaker: null }],
    })
    expect(answerOf({ type: 'data-list', data: { kind: 'sermons' } }).list).toBeNull()
  })

  it('accepts nearest moments one at a time or as a list', () =>
    expect(
      answerOf({ type: 'data-nearest', data: [quote, quote] }, { type: 'data-nearest', data: quote }).nearest,
    ).toHaveLength(3))

  it('ignores unknown and incomplete parts', () =>
    expect(
      answerOf(null, { type: 'data-quote', data: { text: 'no place' } }, { type: 'step-start' }),
    ).toEqual(emptyAnswer))

  it('throws the sentence of an error part', () =>
    expect(() => answerOf({ type: 'error', errorText: 'Please ask again.' })).toThrow('Please ask again.'))
})
