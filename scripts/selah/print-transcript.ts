import { z } from 'zod'
import { renderSrt } from '#lib/transcripts/render-srt.ts'
import { renderVtt } from '#lib/transcripts/render-vtt.ts'
import { segmentSentences } from '#lib/transcripts/segment-sentences.ts'
import type { Word } from '#lib/transcripts/transcript.ts'
import type { Api } from './connect-api.ts'

const wordSchema = z
  .object({ id: z.string(), text: z.string(), startMs: z.number(), endMs: z.number() })
  .loose()
const transcriptSchema = z
  .object({
    draft: z.boolean(),
    words: z.array(wordSchema),
    paragraphs: z.array(
      z.object({ firstWord: z.string(), lastWord: z.string(), speaker: z.string().nullish() }).loose(),
    ),
  })
  .loose()

const sermonSchema = z.object({ textOnly: z.boolean() })

export type PrintedTranscript = z.infer<typeof transcriptSchema>

const formats = ['vtt', 'srt', 'txt', 'json'] as const
type Format = (typeof formats)[number]

/** The format that was named; text where none was. Throws for an unknown one. */
export function readFormat(given: string | undefined): Format {
  const format = formats.find((one) => one === (given ?? 'txt'))
  if (format) return format
  throw new Error(`${given} is no format. Write one of ${formats.join(', ')}.`)
}

/**
 * The current transcript of a sermon, as the API gives it. Throws where captions are wanted of a text without a
 * recording, whose words have no times.
 */
export async function fetchTranscript(
  api: Pick<Api, 'request'>,
  sermonId: string,
  format: Format,
): Promise<PrintedTranscript> {
  const path = `/api/v1/sermons/${encodeURIComponent(sermonId)}`
  if (format === 'vtt' || format === 'srt') {
    const { textOnly } = sermonSchema.parse(await api.request('GET', path))
    if (textOnly) throw new Error('This sermon is a text without a recording. Write --format txt.')
  }
  return transcriptSchema.parse(await api.request('GET', `${path}/transcript`))
}

/** A transcript as captions, as text in paragraphs, or as the JSON of the API; without a line break at its end. */
export function formatTranscript(transcript: PrintedTranscript, format: Format): string {
  const words = withSpeakers(transcript)
  const timed = { words, sentences: segmentSentences(words), isDraft: transcript.draft }
  switch (format) {
    case 'json':
      return JSON.stringify(transcript, null, 2)
    case 'vtt':
      return renderVtt(timed).trimEnd()
    case 'srt':
      return renderSrt(timed).trimEnd()
    case 'txt':
      return textOf(transcript)
  }
}

function textOf({ words, paragraphs }: PrintedTranscript): string {
  const placeOf = new Map(words.map(({ id }, index) => [id, index]))
  return paragraphs
    .map(({ firstWord, lastWord, speaker }, index) => {
      const text = words
        .slice(placeOf.get(firstWord), (placeOf.get(lastWord) ?? -1) + 1)
        .map((word) => word.text)
        .join(' ')
      return speaker && speaker !== paragraphs[index - 1]?.speaker ? `${speaker}: ${text}` : text
    })
    .join('\n\n')
}

function withSpeakers({ words, paragraphs }: PrintedTranscript): Word[] {
  const speakerFrom = new Map(paragraphs.map(({ firstWord, speaker }) => [firstWord, speaker]))
  let speaker: string | null | undefined
  return words.map(({ id, text, startMs, endMs }) => {
    if (speakerFrom.has(id)) speaker = speakerFrom.get(id)
    return speaker ? { text, startMs, endMs, speaker } : { text, startMs, endMs }
  })
}
