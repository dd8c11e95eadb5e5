import * as v from 'valibot'
import type { MessageKey } from '#lib/messages/languages.ts'

/** A passage of a sermon in the preacher's own words. */
export type AnswerQuote = {
  sermonId: string
  slug: string
  title: string
  speaker: string | null
  /** The revision of the recording that the times belong to. */
  recording: number
  startMs: number
  endMs: number
  text: string
  /** The language of the text; null from a server that does not say. */
  language: string | null
  /** No person has reviewed the transcript it is from. */
  isDraft: boolean
  /** There is no recording to play. */
  isTextOnly: boolean
}

const listedSermonSchema = v.object({ slug: v.string(), title: v.string(), speaker: v.nullable(v.string()) })
const listSchema = v.object({
  kind: v.picklist(['sermons', 'speakers', 'summary']),
  sermons: v.array(listedSermonSchema),
  speakers: v.array(v.object({ name: v.string(), slug: v.string(), sermons: v.array(listedSermonSchema) })),
})

/** Reads an unknown shape, for example after an update of the server, as null. */
const orNull = <T>(schema: v.GenericSchema<T>) => v.fallback(v.nullable(schema), null)

/** The sermons or speakers that a question asked for, or that the quotes sum up a sermon. */
export type AnswerList = v.InferOutput<typeof listSchema>
export type ListedSermon = v.InferOutput<typeof listedSermonSchema>

export type Answer = {
  /** For a question about distress: the text to read before anything else. */
  care: string | null
  /** What was searched for, where the question was read together with earlier ones; else null. */
  readAs: string | null
  /** The question with the Bible reference that is probably meant, or null. */
  meant: string | null
  /** Null until the server decided. */
  isRefused: boolean | null
  /** Nothing answers the question, and the nearest moments touch on it. */
  isRelated: boolean
  /** The sermon that the church gives as the answer, or null. */
  linked: ListedSermon | null
  list: AnswerList | null
  quotes: { id: string; quote: AnswerQuote }[]
  nearest: AnswerQuote[]
  /** Text that a model wrote between the quotes; never part of a quote. */
  modelWords: string
  /** A note about how the answer was found, or null. */
  note: string | null
}

/** The message for a reader when the server gave no sentence of its own. */
export type AnswerFailure = Extract<MessageKey<'ask'>, 'noAnswer' | 'brokenOff'>

/** The server could not answer. `sentence` is its explanation for a reader, if it gave one. */
export class AnswerError extends Error {
  readonly failure: AnswerFailure
  readonly sentence: string | null

  constructor(failure: AnswerFailure, sentence: string | null) {
    super(sentence ?? failure)
    this.name = 'AnswerError'
    this.failure = failure
    this.sentence = sentence
  }
}

type Fields = Record<string, unknown>
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null

function readQuote(value: unknown): AnswerQuote | null {
  if (!isFields(value)) return null
  const { sermonId, slug, title, speaker, recording, startMs, endMs, text, language, draft, textOnly } = value
  if (typeof sermonId !== 'string' || typeof slug !== 'string' || typeof title !== 'string') return null
  if (typeof recording !== 'number' || typeof startMs !== 'number') return null
  if (typeof endMs !== 'number' || typeof text !== 'string') return null
  return {
    sermonId,
    slug,
    title,
    speaker: typeof speaker === 'string' ? speaker : null,
    recording,
    startMs,
    endMs,
    text,
    language: typeof language === 'string' ? language : null,
    isDraft: draft === true,
    isTextOnly: textOnly === true,
  }
}

/** The answer after one more part of the stream. Ignores unknown parts; throws `AnswerError` on an error part. */
export function addAnswerPart(answer: Answer, part: unknown): Answer {
  if (!isFields(part)) return answer
  switch (part.type) {
    case 'data-care':
      return isFields(part.data) && typeof part.data.text === 'string'
        ? { ...answer, care: part.data.text }
        : answer
    case 'data-readAs':
      return isFields(part.data) && typeof part.data.question === 'string'
        ? { ...answer, readAs: part.data.question }
        : answer
    case 'data-meant':
      return isFields(part.data) && typeof part.data.question === 'string'
        ? { ...answer, meant: part.data.question }
        : answer
    case 'data-linked':
      return { ...answer, linked: v.parse(orNull(listedSermonSchema), part.data) }
    case 'data-list':
      return { ...answer, list: v.parse(orNull(listSchema), part.data) }
    case 'data-quote': {
      const quote = readQuote(part.data)
      if (!quote) return answer
      const id = typeof part.id === 'string' ? part.id : `${quote.sermonId}@${quote.startMs}`
      const others = answer.quotes.filter((entry) => entry.id !== id)
      return { ...answer, quotes: [...others, { id, quote }] }
    }
    case 'data-nearest': {
      const list = Array.isArray(part.data) ? part.data : [part.data]
      const nearest = list.map(readQuote).filter((quote) => quote !== null)
      return { ...answer, nearest: [...answer.nearest, ...nearest] }
    }
    case 'data-outcome':
      return isFields(part.data) && typeof part.data.refused === 'boolean'
        ? {
            ...answer,
            isRefused: part.data.refused,
            isRelated: part.data.outcome === 'related',
            note: typeof part.data.note === 'string' ? part.data.note : null,
          }
        : answer
    case 'text-delta':
      return typeof part.delta === 'string'
        ? { ...answer, modelWords: answer.modelWords + part.delta }
        : answer
    case 'error':
      throw new AnswerError('brokenOff', typeof part.errorText === 'string' ? part.errorText : null)
    default:
      return answer
  }
}

/** The JSON parts of a server-sent stream, in order, without the final `[DONE]`. */
export async function* readStreamParts(body: ReadableStream<Uint8Array>): AsyncGenerator<unknown> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let buffer = ''
  try {
    for (;;) {
      const { value, done } = await reader.read()
      buffer += decoder.decode(value, { stream: !done })
      const events = buffer.split(/\r?\n\r?\n/)
      buffer = done ? '' : (events.pop() ?? '')
      for (const event of events) {
        const data = event
          .split(/\r?\n/)
          .filter((line) => line.startsWith('data:'))
          .map((line) => line.slice(5).trimStart())
          .join('\n')
        // Read to the end after the mark: a body that is not read to the end counts as a failed request.
        if (data !== '' && data !== '[DONE]') yield JSON.parse(data)
      }
      if (done) return
    }
  } finally {
    await reader.cancel().catch(() => {})
  }
}
