import { findChapters } from '#lib/chapters/find-chapters.ts'
import type { Database } from '#lib/db/connect-database.ts'
import type { StoredWord } from '#lib/db/schema.ts'
import { collectReferences } from '#lib/scripture/collect-references.ts'
import { segmentSentences } from '#lib/transcripts/segment-sentences.ts'
import type { LibrarySermon } from './load-library.ts'

/** How well the boundaries of chapters were found. `even`: as many boundaries at equal distances. */
export type ChapterFigures = {
  joined: number
  boundaries: number
  found: number
  precision: number
  recall: number
  even: { precision: number; recall: number }
  /** Chapters of a whole sermon, which has one subject. */
  perSermon: number
}

const DOCUMENTS = 60
/** A preacher's pace: 150 words a minute. */
const WORD_MS = 400
/** A boundary counts as found when a chapter begins this close to it. */
const NEAR_MS = 30_000

/**
 * Measures the detection of chapters on parts of different sermons by one preacher, joined without a pause: 5 to 8
 * parts of 500 to 1,400 words. The thresholds were chosen on the sermons of the half 0.
 */
export async function measureChapters(
  db: Database,
  library: readonly LibrarySermon[],
  half: 0 | 1,
): Promise<ChapterFigures> {
  const own = library.filter((_, place) => place % 2 === half)
  const random = createRandom(half + 1)
  const sums = { boundaries: 0, found: 0, hit: 0, even: 0 }
  for (let made = 0; made < DOCUMENTS; made += 1) {
    const parts = Array.from({ length: 5 + random(4) }, () =>
      cutPart(own[random(own.length)]?.text ?? '', random),
    )
    const starts = parts.slice(1).map((_, place) => WORD_MS * parts.slice(0, place + 1).flat().length)
    const texts = parts.flat()
    const found = (await detect(db, texts)).slice(1)
    const length = WORD_MS * texts.length
    const even = found.map((_, place) => (length * (place + 1)) / (found.length + 1))
    sums.boundaries += starts.length
    sums.found += found.length
    sums.hit += countNear(starts, found)
    sums.even += countNear(starts, even)
  }
  let chapters = 0
  for (const { text } of own) chapters += (await detect(db, text.split(/\s+/).filter(Boolean))).length
  return {
    joined: DOCUMENTS,
    boundaries: sums.boundaries,
    found: sums.found,
    precision: sums.hit / sums.found,
    recall: sums.hit / sums.boundaries,
    even: { precision: sums.even / sums.found, recall: sums.even / sums.boundaries },
    perSermon: chapters / own.length,
  }
}

/** The starts of the chapters of a text that is read at an even pace, in ms. */
async function detect(db: Database, texts: readonly string[]): Promise<number[]> {
  const words = texts.map((text, place): StoredWord => [text, place * WORD_MS, (place + 1) * WORD_MS - 50])
  const sentences = segmentSentences(words.map(([text, startMs, endMs]) => ({ text, startMs, endMs })))
  const references = collectReferences({ title: '', scripture: '', words }).flatMap((reference) =>
    reference.firstWord === null || reference.isDoubtful
      ? []
      : [{ ...reference, firstWord: reference.firstWord }],
  )
  const chapters = await findChapters(db, {
    language: 'en',
    words,
    sentences: sentences.map(({ firstWord, lastWord }) => [firstWord, lastWord]),
    references,
    durationMs: WORD_MS * texts.length,
  })
  return chapters.map(({ startMs }) => startMs)
}

function cutPart(text: string, random: (below: number) => number): string[] {
  const paragraphs = text.split(/\n\n+/).filter((paragraph) => paragraph.split(/\s+/).length > 40)
  const wanted = 500 + random(900)
  const words: string[] = []
  for (let at = random(Math.max(1, paragraphs.length - 4)); at < paragraphs.length; at += 1) {
    if (words.length >= wanted) break
    words.push(...(paragraphs[at] ?? '').split(/\s+/).filter(Boolean))
  }
  return words.slice(0, 1600)
}

function countNear(starts: readonly number[], found: readonly number[]): number {
  return starts.filter((start) => found.some((at) => Math.abs(at - start) <= NEAR_MS)).length
}

/** The same numbers in every run. */
function createRandom(seed: number): (below: number) => number {
  let state = seed * 2654435761
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}
