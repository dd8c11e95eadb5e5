import { cuesToWords } from './cues-to-words.ts'
import { decodeTextFile } from './decode-text-file.ts'
import { detectTranscriptFormat } from './detect-transcript-format.ts'
import { parsePlainText } from './parse-plain-text.ts'
import { parseSrt } from './parse-srt.ts'
import { parseVtt } from './parse-vtt.ts'
import { segmentSentences } from './segment-sentences.ts'
import type { Transcript } from './transcript.ts'

/**
 * Turns an uploaded VTT, SRT or plain text file into a transcript. `durationMs` and `silences` come from the
 * measurement of the recording and are needed to time plain text. Throws only AppError, with a `transcript.*`
 * reason and a message for the user who uploaded it.
 */
export function parseTranscriptFile(input: {
  bytes: Uint8Array
  durationMs: number
  silences?: readonly { startMs: number; endMs: number }[]
  language?: string
}): Transcript {
  const text = decodeTextFile(input.bytes)
  const format = detectTranscriptFormat(text)
  const about = { source: 'upload', language: input.language ?? 'en', isDraft: false } as const
  if (format === 'text') {
    const { words, paragraphs } = parsePlainText(text, {
      durationMs: input.durationMs,
      silences: input.silences ?? [],
    })
    return { ...about, timing: 'approximate', words, sentences: segmentSentences(words), paragraphs }
  }
  const words = cuesToWords(format === 'vtt' ? parseVtt(text) : parseSrt(text), input.durationMs)
  return { ...about, timing: 'cues', words, sentences: segmentSentences(words) }
}
