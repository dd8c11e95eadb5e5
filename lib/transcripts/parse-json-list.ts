import { z } from 'zod'
import { countMs } from './count-ms.ts'
import { splitTokens } from './cues-to-words.ts'
import { cue, seconds, someone, type TimedText, word } from './json-times.ts'

const item = z
  .object({
    start: seconds.optional(),
    startTime: seconds.optional(),
    offset: seconds.optional(),
    startMs: z.number().optional(),
    end: seconds.nullish(),
    endTime: seconds.nullish(),
    endMs: z.number().nullish(),
    duration: seconds.nullish(),
    dur: seconds.nullish(),
    text: z.string().optional(),
    body: z.string().optional(),
    word: z.string().optional(),
    speaker: someone,
  })
  .transform((given, context) => {
    const text = given.text ?? given.body ?? given.word
    const inSeconds = given.start ?? given.startTime ?? given.offset
    const startMs = given.startMs ?? inSeconds
    if (text === undefined || startMs === undefined) {
      context.addIssue({ code: 'custom', message: 'no timed text' })
      return z.NEVER
    }
    const lengthMs = given.duration ?? given.dur ?? 0
    const endMs = given.endMs ?? given.end ?? given.endTime ?? startMs + lengthMs
    return {
      startMs,
      endMs,
      text,
      speaker: given.speaker,
      isWord: given.word !== undefined,
      isInMs: given.startMs !== undefined,
    }
  })

const LONGEST_WORD_S = 20

const items = z
  .array(item)
  .min(1)
  .transform((all) => {
    const inSeconds = all.filter(({ isInMs }) => !isInMs)
    const isThousandfold = countMs(
      inSeconds.flatMap(({ startMs, endMs }) => [startMs / 1000, endMs / 1000]),
      inSeconds.map(({ startMs, endMs, text }) => (endMs - startMs) / 1000 / splitTokens(text).length),
      LONGEST_WORD_S,
    )
    return all.map((one) => {
      const unit = isThousandfold && !one.isInMs ? 1000 : 1
      return { ...one, startMs: one.startMs / unit, endMs: one.endMs / unit }
    })
  })

/** A list of timed lines, in seconds or in whole milliseconds; of words, if each has the name `word`. */
export const list = items.transform((all): TimedText => {
  if (all.every(({ isWord }) => isWord)) return toWords(all)
  return { cues: all.map(({ startMs, endMs, text, speaker }) => cue(startMs, endMs, text, speaker)) }
})

/** A list of words with their times. */
export const wordList = items.transform(toWords)

function toWords(all: z.infer<typeof items>): TimedText {
  return { words: all.map(({ startMs, endMs, text, speaker }) => word(startMs, endMs, text, speaker)) }
}
