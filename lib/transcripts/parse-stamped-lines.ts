import { findReferences } from '#lib/scripture/find-references.ts'
import type { Cue } from './cue.ts'
import { plainCueText } from './cue-text.ts'
import { areNames, nameIn } from './name-speakers.ts'
import { clockSource, plainLine, readClock } from './read-clock.ts'

/** `[00:01.00]`, also several of them (lyrics: the line is sung at each), and `(0:01)`, `<00:01>`, `{0:01}`. */
const bracketed = new RegExp(
  `^((?:\\s*\\[\\s*(?:${clockSource})\\s*\\])+|\\s*[(<{]\\s*(?:${clockSource})\\s*[)>}])\\s*[-–—:]?\\s*(.*)$`,
)
const bare = new RegExp(`^\\s*(${clockSource})(?:\\s*[-–—:|]\\s+|\\s+|=\\s*|(?=[^\\d\\s.,:;])|$)(.*)$`)
/** The end of a stretch, after its start. */
const until = new RegExp(`(?<=\\d)\\s*(?:-{1,2}>?|[–—→]|to)\\s*(?:${clockSource})(?=[\\s\\])}:]|$)`)
/** A time that is a link of Markdown: `[0:05](address)`. */
const link = /(\[[\d:]{4,8}\])\(https?:[^\s)]{1,300}\)/
const alone = new RegExp(`^\\s*(?:${clockSource})\\s*$`)
/** What programs write below a transcript or above it, and nobody said. */
const notice =
  /^\s*(?:transcribed by https?:\/\/\S+|\p{L}[\p{L} ]{1,40}\((?:auto-generated|automatisch erzeugt|generad[oa] autom[áa]ticamente|g[ée]n[ée]r[ée] automatiquement)\)|transcription ended after [\d:]+|this editable transcript was computer generated and might contain errors\..*|.{1,60} (?:started|stopped) transcription)\s*$/iu
/**
 * A name with the time after it: alone on its line (Otter, Rev, Teams), or before the words with the time in brackets (Sonix).
 */
const name = String.raw`[\[(]?([\p{L}][\p{L}\p{M}\p{N}.’' _-]{0,60}?)[\])]?`
const heading = new RegExp(
  `^\\s*${name}[,:]?\\s*(?:\\s|[\\[(]|[•·|–—-]\\s)\\s*(${clockSource})\\s*[\\])]?\\s*:?\\s*$`,
  'u',
)
const named = new RegExp(`^\\s*${name}:?\\s*[\\[(](${clockSource})[\\])]:?\\s+(\\S.*)$`, 'u')
const lyricsFact = /^\s*\[[a-z#]{2,8}:[^\]]*\]\s*$/i
const lyricsOffset = /^[ \t]*\[offset:[ \t]*([+-]?\d{1,6})[ \t]*\][ \t]*$/im
/** Faster than anyone speaks: the numbers are not times ("3:16 For God so loved the world"). */
const MAX_WORDS_PER_SECOND = 8
const MAX_LINES_BEFORE = 12
const MIN_HEADINGS = 3
const MAX_NAME_WORDS = 5
const MIN_NAMED_SHARE = 0.8
const MIN_ALONE_SHARE = 0.7
const LONG_LINE = 80
const inside = /(?<=\S)\s+(?=\[?\d{1,2}:\d{2}(?::\d{2})?\]?\s)/

/**
 * Parses a text in which a start time precedes the words: pasted from YouTube, lyrics (LRC), bracketed times, or a name
 * and a time above each paragraph. Null if the numbers of the text are not such times.
 */
export function parseStampedLines(text: string): Cue[] | null {
  const offsetMs = Number(lyricsOffset.exec(text)?.[1] ?? 0)
  const cues: Cue[] = []
  let current: Cue[] = []
  const before: string[] = []
  const lines = splitAtTimes(text).map((line) => ({ line, plain: line.length < 5000 ? plainOf(line) : '' }))
  const stamped = lines.filter(({ plain }) => bare.test(plain))
  // Where times have lines of their own, another line that begins like a time is a verse: "3:16 says".
  const areAlone = stamped.filter(({ plain }) => alone.test(plain)).length > stamped.length * MIN_ALONE_SHARE
  for (const { line, plain } of lines) {
    const isStamp = /\d:/.test(plain) && !lyricsFact.test(plain) && !(areAlone && isBesideWords(plain))
    const stamp = isStamp ? readStamp(plain) : null
    if (notice.test(plain)) continue
    if (stamp) {
      const { speaker } = stamp
      current = stamp.timesMs.map((ms) => {
        const cue = { startMs: Math.max(0, ms - offsetMs), endMs: 0, lines: [] }
        return speaker === undefined ? cue : { ...cue, speaker }
      })
      cues.push(...current)
      addLine(current, stamp.rest)
    } else if (cues.length === 0) {
      if (plain.trim() !== '' && !lyricsFact.test(plain)) before.push(plain.trim())
    } else if (!lyricsFact.test(plain)) {
      addLine(current, line)
    }
  }
  const spoken = cues.filter((cue) => cue.lines.length > 0)
  if (before.length > MAX_LINES_BEFORE || !areTimes(spoken)) return null
  if (areHeadings(spoken)) return null
  // Words before the first time and none after the last one: the times are below the words, not above them.
  if (before.length > 0 && cues.at(-1)?.lines.length === 0) return null
  // A time without words ends the line before it.
  for (const [index, cue] of cues.entries()) {
    const next = cues[index + 1]
    if (next?.lines.length === 0 && next.startMs > cue.startMs) cue.endMs = next.startMs
  }
  return takeNamesAbove(spoken, before.at(-1))
}

/** Whether what precedes the times counts parts: "Part 1", "Part 2". */
function areHeadings(cues: readonly Cue[]): boolean {
  const names = cues.flatMap(({ speaker }) => speaker ?? [])
  if (names.length < MIN_HEADINGS || new Set(names).size < names.length) return false
  return new Set(names.map((name) => name.replace(/\d+/g, ''))).size === 1
}

const plainOf = (line: string) => plainLine(line).replace(link, '$1').replace(until, '')

const isBesideWords = (line: string) => bare.test(line) && !alone.test(line)

/** A long line that begins with a time and has more of them lost its line ends when it was copied. */
function splitAtTimes(text: string): string[] {
  return text.split('\n').flatMap((line) => {
    if (line.length < LONG_LINE || !bare.test(line) || !inside.test(line)) return [line]
    return line.split(inside)
  })
}

/** Takes the names of speakers that are alone on the line above each time. */
function takeNamesAbove(cues: readonly Cue[], first: string | undefined): Cue[] {
  const above = [
    first,
    ...cues.slice(0, -1).map(({ lines }) => (lines.length > 1 ? lines.at(-1) : undefined)),
  ]
  const names = above.filter((line) => line !== undefined)
  // A refrain ends several cues, but it is not above the first time.
  const isEnough = first !== undefined && names.length >= cues.length * MIN_NAMED_SHARE
  if (!isEnough || !areNames(names)) return [...cues]
  return cues.map((cue, index) => {
    const lines = above[index + 1] === undefined ? cue.lines : cue.lines.slice(0, -1)
    const speaker = above[index]
    return speaker === undefined ? { ...cue, lines } : { ...cue, lines, speaker: nameIn(speaker) }
  })
}

function readStamp(line: string): { timesMs: number[]; rest: string; speaker?: string } | null {
  const inBrackets = bracketed.exec(line)
  if (inBrackets) {
    const [, stamps = '', rest = ''] = inBrackets
    const timesMs = (stamps.match(new RegExp(clockSource, 'g')) ?? []).map(readClock)
    return timesMs.every((ms) => ms !== null) ? { timesMs, rest: withoutWordTimes(rest) } : null
  }
  const [, time = '', rest = ''] = bare.exec(line) ?? []
  const ms = readClock(time)
  if (ms !== null) return { timesMs: [ms], rest: withoutWordTimes(rest) }
  const [, speaker = '', clock = '', words = ''] = heading.exec(line) ?? named.exec(line) ?? []
  const namedMs = readClock(clock)
  if (namedMs === null || isSentence(speaker) || findReferences(`${speaker} ${clock}`).length > 0) return null
  return { timesMs: [namedMs], rest: words, speaker }
}

/** Longer than a name, or ended by a full stop that is not that of "Jr.". */
function isSentence(name: string): boolean {
  return name.trim().split(/\s+/).length > MAX_NAME_WORDS || /\p{L}{4,}\.$/u.test(name.trim())
}

/** Lyrics can give each word its own time. */
function withoutWordTimes(text: string): string {
  return text.replace(new RegExp(`<(?:${clockSource})>`, 'g'), ' ')
}

function addLine(cues: readonly Cue[], line: string): void {
  const plain = plainCueText(line)
  if (plain) for (const cue of cues) cue.lines.push(plain)
}

/** Whether times increase from line to line and leave enough time for the words between them. */
function areTimes(cues: readonly Cue[]): boolean {
  const words = cues.map((cue) => cue.lines.join(' ').split(/\s+/).filter(Boolean).length)
  const [first] = cues
  if (!first || cues.length < 2) return false
  const rising = cues.filter((cue, index) => cue.startMs >= (cues[index - 1]?.startMs ?? 0))
  const seconds = (cues.reduce((most, cue) => Math.max(most, cue.startMs), 0) - first.startMs) / 1000
  const spoken = words.slice(0, -1).reduce((sum, count) => sum + count, 0)
  return rising.length >= cues.length * 0.9 && spoken <= (seconds + 2) * MAX_WORDS_PER_SECOND
}
