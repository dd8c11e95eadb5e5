import type { ApiTranscript } from '#lib/sermons/to-api-transcript.ts'
import { textOfWords } from './plan-edits.ts'
import { readOutline } from './read-outline.ts'

/**
 * The fields that autosave keeps: the text of each paragraph under its key, and under `structure` which paragraphs
 * there are, in their order. The key of a paragraph is the id of its first word when the page was opened.
 */
export type TranscriptFields = Record<string, string>

/** `speaker`: who begins to speak with it; null where the person before continues. */
export type Paragraph = { key: string; speaker: string | null; text: string }

/** `removed` paragraphs from `at` on become `inserted`. */
export type Region = { at: number; removed: readonly Paragraph[]; inserted: readonly Paragraph[] }

const STRUCTURE = 'structure'

/** The paragraphs of fields that were read before: every key that is pressed reads them several times. */
const readBefore = new WeakMap<TranscriptFields, Paragraph[]>()

/** The paragraphs that fields describe. The same fields, which never change, give the same list. */
export function readParagraphs(fields: TranscriptFields): Paragraph[] {
  const known = readBefore.get(fields)
  if (known) return known
  const paragraphs = readOutline(fields[STRUCTURE]).map(([key, speaker]) => ({
    key,
    speaker,
    text: fields[key] ?? '',
  }))
  readBefore.set(fields, paragraphs)
  return paragraphs
}

/** The fields of paragraphs. `before` has those that were removed: their texts become empty. */
export function writeParagraphs(
  paragraphs: readonly Paragraph[],
  before: TranscriptFields = {},
): TranscriptFields {
  return {
    ...Object.fromEntries(Object.keys(before).map((key) => [key, ''])),
    ...Object.fromEntries(paragraphs.map(({ key, text }) => [key, text])),
    [STRUCTURE]: JSON.stringify(paragraphs.map(({ key, speaker }) => [key, speaker])),
  }
}

/** Whether a change of fields concerns which paragraphs there are, or who speaks. */
export const changesOutline = (changes: Partial<TranscriptFields>): boolean =>
  changes[STRUCTURE] !== undefined

/** The same fields under other keys. */
export function renameKeys(fields: Partial<TranscriptFields>, nameOf: (key: string) => string) {
  const renamed: TranscriptFields = {}
  for (const [key, text] of Object.entries(fields)) {
    if (text === undefined) continue
    if (key !== STRUCTURE) renamed[nameOf(key)] = text
    else {
      const outline = readOutline(text)
      renamed[STRUCTURE] = JSON.stringify(outline.map(([name, speaker]) => [nameOf(name), speaker]))
    }
  }
  return renamed
}

/** A key that no paragraph has or had. */
export function freeKey(fields: TranscriptFields): string {
  let number = 1
  while (`n${number}` in fields) number += 1
  return `n${number}`
}

/** Applies regions, which are in the order of the sermon and do not overlap. */
export function applyRegions(paragraphs: readonly Paragraph[], regions: readonly Region[]): Paragraph[] {
  const next = [...paragraphs]
  for (const { at, removed, inserted } of regions.toReversed()) next.splice(at, removed.length, ...inserted)
  return next
}

/** The regions that take `regions` back. */
export function invertRegions(regions: readonly Region[]): Region[] {
  let moved = 0
  return regions.map(({ at, removed, inserted }) => {
    const inverted = { at: at + moved, removed: inserted, inserted: removed }
    moved += inserted.length - removed.length
    return inverted
  })
}

/** The paragraphs of a transcript with the words of each. */
export function openParagraphs({ words, paragraphs }: ApiTranscript) {
  const starts = new Map(paragraphs.map(({ firstWord, speaker }) => [firstWord, speaker]))
  const opened: { key: string; speaker: string | null; words: ApiTranscript['words'] }[] = []
  let speaking: string | null = null
  for (const word of words) {
    const speaker = starts.get(word.id)
    const last = opened.at(-1)
    if (speaker === undefined && last) {
      last.words.push(word)
      continue
    }
    const isTurn = speaker !== undefined && speaker !== speaking
    opened.push({ key: word.id, speaker: isTurn ? speaker : null, words: [word] })
    speaking = speaker ?? speaking
  }
  return opened.map((paragraph) => ({ ...paragraph, text: textOfWords(paragraph.words) }))
}
