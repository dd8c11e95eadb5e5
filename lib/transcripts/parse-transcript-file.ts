import { z } from 'zod'
import { type Cue, formatTimestamp } from './cue.ts'
import { cuesToWords } from './cues-to-words.ts'
import { decodeTextFile } from './decode-text-file.ts'
import type { TimedText } from './json-times.ts'
import { orderWordTimes } from './order-word-times.ts'
import { parsePlainText } from './parse-plain-text.ts'
import { proposeShift } from './propose-shift.ts'
import { readTimedText } from './read-timed-text.ts'
import { removeLoops } from './remove-loops.ts'
import { segmentSentences } from './segment-sentences.ts'
import { MAX_WORDS, type Transcript, textOfRange, type Word } from './transcript.ts'
import { lateTimes, transcriptProblem } from './transcript-problem.ts'

/** Whether times that begin at an offset may be moved to the start of the recording; a number says by how many ms. */
export const shiftSchema = z.union([z.enum(['none', 'auto']), z.coerce.number().int().nonnegative()])
export type Shift = z.infer<typeof shiftSchema>

/**
 * Converts an uploaded transcript to words with times: captions, tables, lyrics, JSON and documents in the formats of
 * `read-timed-text.ts`, or plain text. Without `durationMs` the length of the recording is not known yet. `silences`
 * come from its measurement and are needed to time plain text. Throws only AppError, with a `transcript.*` reason and a
 * message for the user who uploaded it; transcript.late_times proposes a shift. Captions that repeat themselves over
 * silence are in `leftOut` and not among the words.
 */
export function parseTranscriptFile(input: {
  bytes: Uint8Array
  durationMs: number | null
  silences?: readonly { startMs: number; endMs: number }[]
  shift?: Shift
}): Omit<Transcript, 'language'> {
  const { durationMs, silences = [], shift = 'none' } = input
  const text = decodeTextFile(input.bytes)
  const about = { source: 'upload', isDraft: false } as const
  const timed = readTimedText(text)
  if (!timed) {
    const { words, paragraphs } = parsePlainText(text, {
      durationMs: durationMs ?? LONGEST_RECORDING_MS,
      silences,
    })
    return { ...about, timing: 'approximate', words, sentences: segmentSentences(words), paragraphs }
  }
  const shifted = shiftTimes(timed, durationMs, shift)
  if ('words' in shifted) {
    const { words, leftOut } = withoutLoops(fitWords(shifted.words, durationMs), silences)
    return { ...about, timing: 'words', words, sentences: segmentSentences(words), ...leftOut }
  }
  const { kept, leftOut } = removeLoops(shifted.cues, silences)
  const words = cuesToWords(kept, durationMs ?? LONGEST_RECORDING_MS)
  return {
    ...about,
    timing: 'cues',
    words,
    sentences: segmentSentences(words),
    leftOut: leftOut.map(describeCue),
  }
}

const describeCue = ({ lines, startMs, endMs }: Cue) => ({ text: lines.join(' '), startMs, endMs })

/** Leaves out the sentences of words with their own times that a recogniser repeated over silence. */
function withoutLoops(
  words: Word[],
  silences: readonly { startMs: number; endMs: number }[],
): { words: Word[]; leftOut: Pick<Transcript, 'leftOut'> } {
  const cues = segmentSentences(words).map((range) => ({
    ...range,
    startMs: words[range.firstWord]?.startMs ?? 0,
    endMs: words[range.lastWord]?.endMs ?? 0,
    lines: [textOfRange(words, range)],
  }))
  const { leftOut } = removeLoops(cues, silences)
  if (leftOut.length === 0) return { words, leftOut: {} }
  const kept = cues.filter((cue) => !leftOut.includes(cue))
  return {
    words: kept.flatMap(({ firstWord, lastWord }) => words.slice(firstWord, lastWord + 1)),
    leftOut: { leftOut: leftOut.map(describeCue) },
  }
}

/** Longer than any recording that is accepted: used before the length of the recording is known. */
const LONGEST_RECORDING_MS = 6 * 3600 * 1000

function shiftTimes(timed: TimedText, durationMs: number | null, shift: Shift): TimedText {
  const times = 'words' in timed ? timed.words : timed.cues
  const proposed = typeof shift === 'number' ? shift : proposeShift(times, durationMs ?? undefined)
  if (shift === 'none' && proposed !== null && durationMs !== null) {
    throw lateTimes(formatTimestamp(proposed).replace(/^0|\.000$/g, ''))
  }
  if (shift === 'none' || !proposed) return timed
  const move = <Timed extends { startMs: number; endMs: number }>(item: Timed): Timed => ({
    ...item,
    startMs: Math.max(0, item.startMs - proposed),
    endMs: Math.max(0, item.endMs - proposed),
  })
  return 'words' in timed ? { words: timed.words.map(move) } : { cues: timed.cues.map(move) }
}

function fitWords(words: readonly Word[], durationMs: number | null): Word[] {
  if (words.length === 0) throw transcriptProblem('transcript.no_cues')
  if (words.length > MAX_WORDS) throw transcriptProblem('transcript.too_long')
  const endMs = durationMs ?? LONGEST_RECORDING_MS
  if (words.filter((word) => word.startMs > endMs).length > words.length / 10) {
    throw transcriptProblem('transcript.wrong_times')
  }
  const ordered = words.toSorted((a, b) => a.startMs - b.startMs)
  return orderWordTimes(
    ordered.map((word) => ({
      ...word,
      startMs: Math.min(word.startMs, endMs),
      endMs: Math.min(word.endMs, endMs),
    })),
  )
}
