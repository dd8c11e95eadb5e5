import type { Cue } from './cue.ts'
import { LONGEST_SPEAKER } from './longest-speaker.ts'
import type { Word } from './transcript.ts'

const prefix =
  /^(?:[-–]\s*|>{2,3}\s*)?(\p{Lu}[\p{L}\p{M}\p{N}.’'-]*(?: \p{Lu}?[\p{L}\p{M}\p{N}.’'-]+){0,3}):\s+(?=\S)/u
const MIN_NAMED_SHARE = 0.5
/** What recognisers call the people that they tell apart: `SPEAKER_00`, `spk_1`. */
const numbered = /^(?:speaker|spk)[ _-]?(\d{1,3})$/i

/** Takes the name of the speaker from the beginning of each cue, if most cues have one. */
export function takeSpeakerPrefixes(cues: readonly Cue[]): Cue[] {
  const nameOf = (cue: Cue) => prefix.exec(cue.lines[0] ?? '')?.[1]
  const named = cues.map(nameOf).filter((name) => name !== undefined)
  const isEnough =
    named.length === cues.length || (named.length >= 4 && named.length >= cues.length * MIN_NAMED_SHARE)
  if (!isEnough || new Set(named).size > named.length / 2) return [...cues]
  return cues.map((cue) => {
    const speaker = nameOf(cue)
    if (speaker === undefined) return cue
    const [first = '', ...rest] = cue.lines
    return { ...cue, speaker, lines: [first.replace(prefix, ''), ...rest] }
  })
}

/** A name alone on its line: no sentence, and as short as a name. */
const nameLine =
  /^(?=.{1,60}$)\p{Lu}[\p{L}\p{M}\p{N}.’'_-]*(?: [\p{Lu}\p{N}][\p{L}\p{M}\p{N}.’'_-]*){0,4}(?<![.?!…])$/u

/** Whether these lines can be names of speakers: all look like one, and most occur several times. */
export function areNames(lines: readonly string[]): boolean {
  const few = Math.max(1, lines.length / 2)
  const names = lines.map(nameIn)
  return lines.length >= 3 && names.every((name) => nameLine.test(name)) && new Set(names).size <= few
}

/** The name in a line, without quotation marks, the number of an account and a colon: `"Ruth" (12345):`. */
export function nameIn(line: string): string {
  return line.replace(/["“”]|\(\d+\)|\s*:$/g, '').trim()
}

/** Takes the name of the speaker from the first line of each cue, where it is alone on this line. */
export function takeSpeakerLines(cues: readonly Cue[]): Cue[] {
  const long = cues.filter(({ lines, speaker }) => lines.length > 1 && speaker === undefined)
  if (long.length < cues.length * MIN_NAMED_SHARE) return [...cues]
  if (!areNames(long.map(({ lines: [first = ''] }) => first))) return [...cues]
  // A refrain is repeated with the same words after it.
  const others = new Set(long.map(({ lines: [, ...rest] }) => rest.join(' ')))
  if (others.size < long.length * MIN_NAMED_SHARE) return [...cues]
  return cues.map((cue) => {
    const [first = '', ...lines] = cue.lines
    return long.includes(cue) ? { ...cue, speaker: nameIn(first), lines } : cue
  })
}

/**
 * Tidies the names of speakers. One number or letter for everyone says nothing, so it is left out; where there are
 * several, numbers count from 1.
 */
export function tidySpeakers<Spoken extends Cue | Word>(items: readonly Spoken[]): Spoken[] {
  const names = new Set(items.flatMap(({ speaker }) => clean(speaker) ?? []))
  const [only = ''] = names
  const isMeaningless = names.size === 1 && (numbered.test(only) || only.length < 2)
  const countsFromZero = [...names].some((name) => Number(numbered.exec(name)?.[1]) === 0)
  return items.map((item) => {
    const { speaker: given, ...rest } = item
    const name = clean(given)
    if (name === null || isMeaningless) return rest as Spoken
    const number = numbered.exec(name)?.[1]
    const speaker = number === undefined ? name : `Speaker ${Number(number) + (countsFromZero ? 1 : 0)}`
    return { ...item, speaker }
  })
}

function clean(name: string | undefined): string | null {
  return name?.replace(/\s+/g, ' ').trim().slice(0, LONGEST_SPEAKER).trim() || null
}
