import { z } from 'zod'
import { chaptersSchema } from '#lib/chapters/chapter.ts'
import type { ShownChapters } from '#lib/chapters/read-chapters.ts'
import type { transcripts } from '#lib/db/schema.ts'
import { chapterSources, transcriptSources } from '#lib/db/schema.ts'
import type { Corrected } from '#lib/sermons/correct-transcript.ts'
import type { WordTable } from '#lib/transcripts/correct-words.ts'
import { readTurns } from '#lib/transcripts/from-stored-transcript.ts'
import { groupParagraphs } from '#lib/transcripts/group-paragraphs.ts'
import { nameOfWord, toWordTable } from '#lib/transcripts/word-table.ts'

const apiWordSchema = z.object({
  id: z.string().describe('Kept when other words change.'),
  text: z.string(),
  startMs: z.int(),
  endMs: z.int(),
  confidence: z.number().nullable().describe('0 to 1, where a recogniser gave it.'),
})
const apiSentenceSchema = z.object({ firstWord: z.string(), lastWord: z.string() })
const apiParagraphSchema = z.object({
  firstWord: z.string(),
  lastWord: z.string(),
  speaker: z.string().nullable().describe('Who speaks; null where that is not known.'),
})

/** The transcript as the HTTP API shows it. Outside programs rely on this shape: only ever add to it. */
export const apiTranscriptSchema = z.object({
  revision: z.int(),
  language: z.string(),
  source: z.enum(transcriptSources),
  draft: z.boolean(),
  reviewed: z.boolean(),
  approximate: z.boolean().describe('The times were derived from the length of the words.'),
  words: z.array(apiWordSchema),
  sentences: z.array(apiSentenceSchema),
  paragraphs: z.array(apiParagraphSchema),
  leftOut: z
    .array(z.object({ text: z.string(), startMs: z.number(), endMs: z.number() }))
    .describe('Captions that repeat themselves over silence: neither shown nor searched.'),
  chapters: chaptersSchema,
  chapterSource: z
    .enum(chapterSources)
    .nullable()
    .describe('Edited by the team, read from the recording’s file, or detected in the transcript.'),
})

export type ApiTranscript = z.infer<typeof apiTranscriptSchema>
export type ApiWord = z.infer<typeof apiWordSchema>

export const apiCorrectionSchema = z.object({
  revision: z.int(),
  draft: z.boolean(),
  reviewed: z.boolean(),
  edits: z.array(
    z.object({
      from: z.string(),
      to: z.string(),
      words: z.array(apiWordSchema).describe('The new words in the place of `from` to `to`.'),
    }),
  ),
})

/** Shapes a stored transcript, and the chapters of its recording, for the API. */
export function toApiTranscript(
  row: typeof transcripts.$inferSelect,
  { source, chapters }: ShownChapters,
): ApiTranscript {
  const table = toWordTable(row)
  const { ids, words, sentences, paragraphStarts, speakerTurns } = table
  const speakerAt = readTurns(speakerTurns)
  const nameAt = (position: number) => nameOfWord(ids[position] ?? 0)
  return {
    ...aboutRevision(row),
    language: row.language,
    source: row.source,
    approximate: row.isApproximate,
    words: toApiWords(table, 0, words.length),
    sentences: sentences.map(([first, last]) => ({ firstWord: nameAt(first), lastWord: nameAt(last) })),
    paragraphs: groupParagraphs(words, sentences, paragraphStarts, speakerTurns).map((paragraph) => ({
      firstWord: nameAt(sentences[paragraph[0] ?? 0]?.[0] ?? 0),
      lastWord: nameAt(sentences[paragraph.at(-1) ?? 0]?.[1] ?? 0),
      speaker: speakerAt(sentences[paragraph[0] ?? 0]?.[0] ?? 0),
    })),
    leftOut: row.leftOut ?? [],
    chapters,
    chapterSource: source,
  }
}

/** Shapes the result of a correction for the API. */
export function toApiCorrection({ row, applied }: Corrected): z.infer<typeof apiCorrectionSchema> {
  const table = toWordTable(row)
  return {
    ...aboutRevision(row),
    edits: applied.map(({ from, to, firstWord, count }) => ({
      from: nameOfWord(from),
      to: nameOfWord(to),
      words: toApiWords(table, firstWord, firstWord + count),
    })),
  }
}

function aboutRevision({ revision, isDraft, isReviewed }: typeof transcripts.$inferSelect) {
  return { revision, draft: isDraft, reviewed: isReviewed }
}

function toApiWords({ words, ids, confidences }: WordTable, from: number, end: number): ApiWord[] {
  return words.slice(from, end).map(([text, startMs, endMs], offset) => ({
    id: nameOfWord(ids[from + offset] ?? 0),
    text,
    startMs,
    endMs,
    confidence: confidences[from + offset] ?? null,
  }))
}
