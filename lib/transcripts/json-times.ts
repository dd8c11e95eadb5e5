import { z } from 'zod'
import type { Cue } from './cue.ts'
import { readClock } from './read-clock.ts'
import type { Word } from './transcript.ts'

/** The content of a file with times: cues, or words with their own times. */
export type TimedText = { cues: Cue[] } | { words: Word[] }

/** Seconds as a number, `"1.5"`, `"1.5s"` or a clock time, to ms. */
export const seconds = z.union([z.number(), z.string()]).transform((value, context) => {
  const clock = typeof value === 'string' ? readClock(value) : null
  const number = typeof value === 'string' ? Number(value.replace(/s$/, '') || 'NaN') : value
  if (clock === null && !Number.isFinite(number)) {
    context.addIssue({ code: 'custom', message: 'not a time' })
    return z.NEVER
  }
  return Math.max(0, clock ?? Math.round(number * 1000))
})
export const ms = z.number().transform((value) => Math.max(0, Math.round(value)))
/** A name, or the number that a recogniser gives to a voice. */
export const someone = z
  .union([z.string(), z.number().int().nonnegative()])
  .nullish()
  .transform((value) => (typeof value === 'number' ? `Speaker ${value}` : (value ?? undefined)))
  .catch(undefined)
export type Someone = string | undefined
export const cue = (startMs: number, endMs: number, text: string, speaker?: Someone): Cue => ({
  startMs,
  endMs,
  lines: [text],
  ...(speaker === undefined ? {} : { speaker }),
})
export const word = (startMs: number, endMs: number, text: string, speaker?: Someone): Word => ({
  startMs,
  endMs,
  text,
  ...(speaker === undefined ? {} : { speaker }),
})
