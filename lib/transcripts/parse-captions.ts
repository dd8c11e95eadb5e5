import type { Cue } from './cue.ts'
import { parseTimestamp } from './cue.ts'
import { plainCueText } from './cue-text.ts'
import { clockSource, plainLine, readClock } from './read-clock.ts'

const time = String.raw`${clockSource}|\d{1,5}[.,]\d{1,6}s?`
const quotes = String.raw`[\s"'“”„«»‘’*_]`
const arrow = String.raw`[-–—−‐‑‒―=~]{0,3} ?[-–—−‐‑‒―=~]?>{1,3}|[\u2190-\u21ff\u2794\u2798-\u27be\u27f0-\u27ff\u2900-\u297f\u2b00-\u2bff»›》〉≫►▶]\ufe0f?|[-–—−‐‑‒―=~]{1,3} ?[›»》〉]|[-–—−‐‑‒―]{2,3}`
const longClock = String.raw`\d{1,3}:\d{2}:\d{2}(?:[.,;:]\d{1,6})?`
/** An arrow makes any line a timing line; a weaker sign only between two clock times without other text. */
const strong = new RegExp(
  `^${quotes}*(?:\\d{1,6}[.)]?\\s+)?[\\[(<{]?${quotes}*(${time})${quotes}*[\\])]?\\s*(?:${arrow})\\s*[\\[(]?${quotes}*(${time})${quotes}*(?:[\\])}>]?:?)(?=\\s|$)(.*)$`,
)
const weak = new RegExp(
  `^${quotes}*([\\[(<{]?)${quotes}*(${clockSource})${quotes}*(?:to|until|till|bis|hasta|al|[-–—−‐‑‒―,;/|~…]|\\.{2,3}|\\s)${quotes}*(${clockSource})${quotes}*([\\])}>]?):?(?=\\s|$)(.*)$`,
  'i',
)
/** Two times to the second alone on their line are its timing, whatever sign or word is between them. */
const alone = new RegExp(
  `^${quotes}*(${longClock})${quotes}*(?:[^\\p{L}\\p{N}]{1,12}|\\s\\p{L}{1,8}\\s)${quotes}*(${longClock})${quotes}*$`,
  'u',
)
/** Only the first time can be read, or only the second one, or neither ("00:00:O3,000 --> 00:00:04,000"). */
const halfSource = `(?:(${clockSource})|[^\\p{L}\\p{N}<>]{0,3}|[\\dOoIl:.,; -]{4,16}|(?:NaN[:.,]?)+)`
const half = new RegExp(
  `^${quotes}*(?:\\d{1,6}[.)]?\\s+)?${halfSource}\\s*(?:--?>|→)\\s*${halfSource}${quotes}*$`,
  'u',
)
const settings = /^\s*(?:(?:align|line|position|size|vertical|region|[XY][12]):\S*\s*)*$/i
/** The voice of WebVTT: `<v Ruth>`, also with classes. */
const voice = /<v(?:\.[^\s>]{1,100})*\s+([^<>]{1,200})>/i
const MAX_LINE = 300

/** Each line has its voice. */
type VoicedCue = Cue & { voices: (string | undefined)[] }

type Timing = { startMs: number; endMs: number; rest: string }

/**
 * Parses captions in which a line with two times precedes the words: WebVTT, SubRip, SBV and the variants that editors,
 * web pages and hand-made copies produce. Empty lines do not end a cue. Lines before the first cue, cue numbers and
 * identifiers are left out. Empty if the text has no lines with times.
 */
export function parseCaptions(text: string): Cue[] {
  const isVtt = /^\s*WEBVTT/i.test(text)
  const lines = text.split('\n')
  const timings = readTimings(lines)
  const first = timings.findIndex((timing) => timing !== null)
  if (first === -1) return []
  const isNumbered = isCueNumber(lines.slice(0, first).findLast((line) => line.trim() !== '') ?? '')
  const cues: VoicedCue[] = []
  let pending: string[] = []
  const finish = (next: string[]) => {
    const cue = cues.at(-1)
    if (cue) addLines(cue, isNumbered ? withoutNumber(next) : isVtt ? withoutIdentifier(next, cue) : next)
  }
  for (const [index, line] of lines.entries()) {
    const timing = timings[index]
    if (!timing) {
      pending.push(line)
      continue
    }
    finish(pending)
    pending = []
    cues.push({ startMs: timing.startMs, endMs: timing.endMs, lines: [], voices: [] })
    if (timing.rest.trim() !== '') pending.push(timing.rest)
  }
  const last = cues.at(-1)
  if (last) addLines(last, isNumbered ? withoutNextNumber(pending, cues.length + 1) : pending)
  return withoutCopies(cues).flatMap(splitVoices)
}

/** Parts of a broadcast that were joined begin with the captions that the part before them ended with. */
function withoutCopies(cues: readonly VoicedCue[]): VoicedCue[] {
  const found = new Set<string>()
  return cues.filter(({ startMs, endMs, lines }) => {
    const key = `${startMs} ${endMs} ${lines.join('\n')}`
    if (found.has(key)) return false
    found.add(key)
    return true
  })
}

function readTimings(lines: readonly string[]): (Timing | null)[] {
  let before: Timing | undefined
  return lines.map((line) => {
    const timing = readTiming(line) ?? readHalfTiming(line, before)
    before = timing ?? before
    return timing
  })
}

function readTiming(line: string): Timing | null {
  if (line.length > MAX_LINE || !/\p{Nd}/u.test(line)) return null
  const plain = plainLine(line)
  const arrowed = strong.exec(plain)
  if (arrowed) {
    const [, from = '', to = '', rest = ''] = arrowed
    return toTiming(from, to, settings.test(rest) ? '' : rest)
  }
  const [, open = '', from = '', to = '', close = '', rest = ''] = weak.exec(plain) ?? []
  if (from !== '' && (rest.trim() === '' || (open !== '' && close !== ''))) return toTiming(from, to, rest)
  const [, first = '', last = ''] = alone.exec(plain) ?? []
  return first === '' ? null : toTiming(first, last, '')
}

/** The timing of a cue among others of which a time is missing or damaged; it begins where the one before it ends. */
function readHalfTiming(line: string, before: Timing | undefined): Timing | null {
  if (line.length > MAX_LINE || !/[->→]/.test(line) || !/\d/.test(line)) return null
  const found = half.exec(plainLine(line))
  if (!found) return null
  const [, from = '', to = ''] = found
  const startMs = readClock(from) ?? before?.endMs ?? 0
  return { startMs: Math.max(0, startMs), endMs: Math.max(0, readClock(to) ?? 0), rest: '' }
}

function toTiming(from: string, to: string, rest: string): Timing | null {
  const startMs = readTime(from)
  const endMs = readTime(to)
  if (startMs === null || endMs === null) return null
  return { startMs: Math.max(0, startMs), endMs: Math.max(0, endMs), rest }
}

const readTime = (clock: string) => readClock(clock) ?? parseTimestamp(clock.replace(/s$/, ''))

function isCueNumber(line: string): boolean {
  return /^#?\d{1,6}[.):]?$/.test(plainLine(line).trim())
}

function withoutNumber(lines: string[]): string[] {
  const last = lines.findLastIndex((line) => plainLine(line).trim() !== '')
  return last !== -1 && isCueNumber(lines[last] ?? '') ? lines.slice(0, last) : lines
}

/** A file that was cut short can end with the number of a missing cue. */
function withoutNextNumber(lines: string[], next: number): string[] {
  const last = lines.findLastIndex((line) => line.trim() !== '')
  return last > 0 && lines[last]?.trim() === String(next) ? lines.slice(0, last) : lines
}

/** In WebVTT the line above a timing line is the identifier of the cue if an empty line precedes it. */
function withoutIdentifier(lines: string[], cue: VoicedCue): string[] {
  const above = lines.at(-1)?.trim() ?? ''
  const before = lines.at(-2)
  const hasText = cue.lines.length > 0 || lines.slice(0, -1).some((line) => line.trim() !== '')
  return above !== '' && before !== undefined && before.trim() === '' && hasText ? lines.slice(0, -1) : lines
}

function addLines(cue: VoicedCue, lines: readonly string[]): void {
  for (const line of lines) {
    for (const part of line.split(/\[br\]|\\N|<br\s*\/?>|(?=<v[.\s])/i)) {
      const plain = plainCueText(part)
      if (!plain) continue
      const [, name] = voice.exec(part) ?? []
      cue.lines.push(plain)
      cue.voices.push(name === undefined ? cue.voices.at(-1) : plainCueText(name))
    }
  }
}

/** A cue with several voices becomes one for each; their times follow from the length of their words. */
function splitVoices({ voices, ...cue }: VoicedCue): Cue[] {
  const parts: Cue[] = []
  const length = cue.lines.join('').length
  let spent = 0
  const at = (letters: number) => Math.round(cue.startMs + ((cue.endMs - cue.startMs) * letters) / length)
  for (const [index, line] of cue.lines.entries()) {
    const speaker = voices[index]
    const last = parts.at(-1)
    spent += line.length
    if (last && last.speaker === speaker) {
      last.lines.push(line)
      last.endMs = at(spent)
    } else {
      const part = { startMs: at(spent - line.length), endMs: at(spent), lines: [line] }
      parts.push(speaker ? { ...part, speaker } : part)
    }
  }
  return parts
}
