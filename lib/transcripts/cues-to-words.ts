import type { Cue } from './cue.ts'
import { orderWordTimes } from './order-word-times.ts'
import { MAX_WORDS, type Word } from './transcript.ts'
import { transcriptProblem } from './transcript-problem.ts'
import { unrollCues } from './unroll-cues.ts'

// A cue without a usable end gets the time that its words would take.
const MS_PER_CHARACTER = 65
const WORD_TEXT_LIMIT = 200

/**
 * Converts cues to words in order of time. Each word of a cue gets a share of its time by its length. Cues that
 * overlap, run backwards or come out of order are repaired; captions that scroll (each cue repeating the last
 * line of the one before) are unrolled.
 * With `durationMs`, throws AppError transcript.wrong_times when more than a tenth is after the end of the recording.
 */
export function cuesToWords(cues: readonly Cue[], durationMs?: number): Word[] {
  const ordered = unrollCues(cues.toSorted((a, b) => a.startMs - b.startMs))
  const words: Word[] = []
  let beyond = 0
  for (const [index, cue] of ordered.entries()) {
    const tokens = splitTokens(cue.lines.join(' '))
    if (tokens.length === 0) continue
    if (words.length + tokens.length > MAX_WORDS) throw transcriptProblem('transcript.too_long')
    if (durationMs !== undefined && cue.startMs > durationMs) beyond += 1
    const timed = spreadTokens(tokens, cue.startMs, findEnd(ordered, index, tokens))
    const { speaker } = cue
    for (const word of timed) words.push(speaker === undefined ? word : { ...word, speaker })
  }
  if (words.length === 0) throw transcriptProblem('transcript.no_cues')
  if (beyond > ordered.length / 10) throw transcriptProblem('transcript.wrong_times')
  return orderWordTimes(durationMs === undefined ? words : words.map((word) => clampWord(word, durationMs)))
}

/** Gives each token a part of the time in proportion to its length. */
export function spreadTokens(tokens: readonly string[], startMs: number, endMs: number): Word[] {
  const total = tokens.reduce((sum, token) => sum + weigh(token), 0)
  const at = (weight: number) => Math.round(startMs + ((endMs - startMs) * weight) / Math.max(1, total))
  let weight = 0
  return tokens.map((text) => {
    const from = at(weight)
    weight += weigh(text)
    return { text, startMs: from, endMs: at(weight) }
  })
}

/** The words of a line of text. Tokens that are too long for a word are cut into pieces. */
export function splitTokens(text: string): string[] {
  return text
    .split(/\s+/u)
    .filter(Boolean)
    .flatMap((token) => (token.length > WORD_TEXT_LIMIT ? (token.match(/.{1,100}/gsu) ?? []) : [token]))
}

/** The weight of a word in the division of time: its characters and one space. */
export function weigh(token: string): number {
  return token.length + 1
}

function findEnd(cues: readonly Cue[], index: number, tokens: readonly string[]): number {
  const cue = cues[index]
  if (!cue) return 0
  const next = cues.slice(index + 1, index + 50).find((later) => later.startMs > cue.startMs)
  const spoken = cue.startMs + tokens.reduce((sum, token) => sum + weigh(token), 0) * MS_PER_CHARACTER
  const endMs = cue.endMs > cue.startMs ? cue.endMs : spoken
  return next ? Math.min(endMs, next.startMs) : endMs
}

function clampWord(word: Word, durationMs: number): Word {
  return { ...word, startMs: Math.min(word.startMs, durationMs), endMs: Math.min(word.endMs, durationMs) }
}
