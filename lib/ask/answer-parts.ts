import type { InferUIMessageChunk, UIMessage } from 'ai'
import type { Answer, AnswerSoFar, ListedSermon, ListedSpeaker, Quote } from './answer.ts'
import type { Outcome } from './answerer.ts'
import { toApiQuote } from './to-api-answer.ts'

export type AnswerMessage = UIMessage<
  never,
  {
    quote: ReturnType<typeof toApiQuote>
    nearest: ReturnType<typeof toApiQuote>[]
    care: { text: string }
    list: { kind: Answer['kind']; sermons: ListedSermon[]; speakers: ListedSpeaker[] }
    readAs: { question: string }
    meant: { question: string }
    linked: ListedSermon
    outcome: { outcome: Outcome; refused: boolean; note: string | null }
  }
>

type AnswerPart = InferUIMessageChunk<AnswerMessage>

/** The parts of an answer that are certain while it is being found; `answerParts` contains them too. */
export function partsSoFar({ care, readAs, meant, quotes }: AnswerSoFar): AnswerPart[] {
  return [
    ...(care === null ? [] : [{ type: 'data-care', id: 'care', data: { text: care } } as const]),
    ...(readAs === null ? [] : [{ type: 'data-readAs', id: 'readAs', data: { question: readAs } } as const]),
    ...(meant === null ? [] : [{ type: 'data-meant', id: 'meant', data: { question: meant } } as const]),
    ...quoteParts(quotes),
  ]
}

const quoteParts = (quotes: readonly Quote[]): AnswerPart[] =>
  quotes.map((quote, place) => ({ type: 'data-quote', id: `q${place + 1}`, data: toApiQuote(quote) }))

/**
 * The answer as parts of a UI message stream: `data-care` first where the question speaks of distress,
 * `data-readAs` where it was read together with earlier ones, `data-meant` where the book of a reference in it is
 * misspelled, `data-linked` for the sermon that the church gives as
 * the answer, `data-list` where it wants a list or a summary,
 * text for a model's own words, `data-quote` for each quote, `data-nearest` for the moments near by, and at last
 * `data-outcome`.
 */
export function answerParts(answer: Answer): AnswerPart[] {
  const { care, readAs, meant, linked, kind, sermons, speakers, answer: words, quotes, nearest } = answer
  return [
    ...partsSoFar({ care, readAs, meant, quotes: [] }),
    ...(linked === null ? [] : [{ type: 'data-linked', id: 'linked', data: linked } as const]),
    ...(kind === 'quotes'
      ? []
      : [{ type: 'data-list', id: 'list', data: { kind, sermons, speakers } } as const]),
    ...(words === null
      ? []
      : ([
          { type: 'text-start', id: 'words' },
          { type: 'text-delta', id: 'words', delta: words },
          { type: 'text-end', id: 'words' },
        ] as const)),
    ...quoteParts(quotes),
    ...(nearest.length === 0
      ? []
      : [{ type: 'data-nearest', id: 'nearest', data: nearest.map(toApiQuote) } as const]),
    {
      type: 'data-outcome',
      id: 'outcome',
      data: { outcome: answer.outcome, refused: answer.refused, note: answer.note },
    },
  ]
}
