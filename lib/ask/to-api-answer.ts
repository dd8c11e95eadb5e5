import { z } from 'zod'
import type { Answer, Quote } from './answer.ts'

const listedSermonSchema = z.object({
  sermonId: z.uuid(),
  slug: z.string(),
  title: z.string(),
  speaker: z.string().nullable(),
  series: z.string().nullable(),
  scripture: z.string(),
})

const apiQuoteSchema = z.object({
  sermonId: z.uuid(),
  slug: z.string(),
  title: z.string(),
  speaker: z.string().nullable(),
  recording: z.int().describe('The number of the recording that the times belong to.'),
  startMs: z.int().describe('Where the quote starts, in milliseconds; 0 in a sermon without a recording.'),
  endMs: z.int(),
  text: z.string().describe('The words of the transcript, unchanged.'),
  language: z.string().optional().describe('Their language, as a tag of BCP 47.'),
  draft: z.boolean().describe('Whether no person has reviewed this transcript.'),
  textOnly: z
    .boolean()
    .optional()
    .describe('Whether the sermon has no recording, so that nothing can be played.'),
})

/** The shape of `toApiAnswer`. */
export const apiAnswerSchema = z.object({
  care: z.string().nullable().describe('Help for a person in distress; show it before the answer.'),
  readAs: z
    .string()
    .nullable()
    .optional()
    .describe('The text that was searched for, where the question was read together with earlier ones.'),
  meant: z
    .string()
    .nullable()
    .optional()
    .describe(
      'The question with the Bible reference that is probably meant, where the name of its book is misspelled.',
    ),
  outcome: z
    .enum(['answered', 'related', 'refused'])
    .describe('`related`: the sermons only touch on the question, and `nearest` shows where.'),
  refused: z.boolean().describe('Whether no sermon speaks to the question.'),
  answer: z.string().nullable(),
  quotes: z.array(apiQuoteSchema),
  nearest: z
    .array(apiQuoteSchema)
    .describe('The nearest moments when nothing answers the question directly.'),
  note: z.string().nullable(),
  kind: z
    .enum(['quotes', 'sermons', 'speakers', 'summary'])
    .optional()
    .describe(
      '`sermons` and `speakers`: the question wants a list. `summary`: the quotes are key sentences of one sermon.',
    ),
  sermons: z.array(listedSermonSchema).optional().describe('The sermons on the subject, best first.'),
  speakers: z
    .array(z.object({ name: z.string(), slug: z.string(), sermons: z.array(listedSermonSchema) }))
    .optional()
    .describe('Who preached on the subject, with the sermons.'),
  linked: listedSermonSchema
    .nullable()
    .optional()
    .describe('The sermon that the church gives as the answer to this question.'),
})

/** The quote as the HTTP API shows it. */
export function toApiQuote({
  sermonId,
  slug,
  title,
  speaker,
  mediaRevision,
  startMs,
  endMs,
  text,
  language,
  isDraft,
  isTextOnly,
}: Quote) {
  const place = { recording: mediaRevision, startMs, endMs }
  return { sermonId, slug, title, speaker, ...place, text, language, draft: isDraft, textOnly: isTextOnly }
}

/** The answer as the HTTP API shows it. */
export function toApiAnswer(answer: Answer) {
  return {
    care: answer.care,
    readAs: answer.readAs,
    meant: answer.meant,
    outcome: answer.outcome,
    refused: answer.refused,
    answer: answer.answer,
    quotes: answer.quotes.map(toApiQuote),
    nearest: answer.nearest.map(toApiQuote),
    note: answer.note,
    kind: answer.kind,
    sermons: answer.sermons,
    speakers: answer.speakers,
    linked: answer.linked,
  }
}
