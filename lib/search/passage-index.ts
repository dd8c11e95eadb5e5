import type { VerseRange } from '#lib/scripture/verse-range.ts'
import { createVectorTable, type VectorTable } from './vector-table.ts'
import { foldWord, wordsOfText } from './words-of-text.ts'

/** One passage as the index holds it: its terms in order, with the number of each one's word. */
export type IndexedPassage = {
  id: string
  terms: readonly string[]
  positions: readonly number[]
  words: number
  /** The sum of its terms' meanings, or null where its language has none. */
  meaning: Float32Array | null
}

/** A passage inside the index; the arrays of the index hold its terms. */
type StoredPassage = Pick<IndexedPassage, 'id' | 'meaning'>

export type IndexedSermon = {
  id: string
  churchId: string
  isPublished: boolean
  /** The terms of each heading in order: title, speaker, series, description, scripture. */
  headings: readonly (readonly string[])[]
  /** The name of its speaker as it is stored. */
  speaker: string | null
  /** The verses its details name. */
  scripture: readonly VerseRange[]
  language: string
  /** The model that made the vectors of all of its passages, or null. */
  embedder: string | null
}

/** A sermon with its place in the index, and the totals of its passages. */
export type SermonEntry = IndexedSermon & {
  first: number
  passages: number
  number: number
  /** The number of index terms in all of its passages. */
  length: number
  windows: number
  /** The sum of its windows' vectors. */
  vectorSum: Float64Array
}

/**
 * All passages in memory, for scoring. Passages are numbered; those of a sermon follow each other. The
 * unit that is scored is a window: a passage and the one after it.
 */
export type PassageIndex = {
  /** Numbers of passages in use, including those of sermons that were replaced. */
  size: number
  /** The sermon of each passage, or null where it was replaced or removed. */
  sermonOf: (IndexedSermon | null)[]
  passageOf: (StoredPassage | null)[]
  passageWords: Uint32Array
  /** Where the terms of each passage begin in `sequence` and `positions`; those of the next passage follow. */
  termsAt: Uint32Array
  /** The terms of all passages in order, and the number of each one's word in its passage. */
  sequence: Uint32Array
  positions: Uint16Array
  /** 1 if the window contains the next passage too. */
  hasNext: Uint8Array
  windowWords: Float32Array
  totalWindowWords: number
  windows: number
  /** The sum of all windows' vectors. */
  vectorSum: Float64Array
  dimensions: number
  /** Unit vectors of the windows. */
  vectors: VectorTable
  termNumbers: Map<string, number>
  terms: string[]
  /** By term: `passage * 256 + count`, in the order of the passages. */
  postings: Postings[]
  sermons: Map<string, SermonEntry>
  /** The sermons that have a term in their headings, and in their titles. */
  headings: Map<string, Set<SermonEntry>>
  titles: Map<string, Set<SermonEntry>>
  /** The number of each passage's sermon, or `NO_SERMON`; a sermon that is set again gets a new one. */
  sermonNumbers: Uint32Array
  nextSermonNumber: number
  /** Rises with every change. */
  revision: number
  /** The words of all texts and headings as they are spelled, without accents, each with its term. */
  spellings: Map<string, string>
  /** The number of each passage by its id. */
  numberOf: Map<string, number>
}

export const NO_SERMON = 0

export type Postings = { length: number; entries: Uint32Array }

export function createPassageIndex(dimensions: number): PassageIndex {
  const vectors = createVectorTable(dimensions)
  vectors.makeRoom(1024)
  return {
    size: 0,
    sermonOf: [],
    passageOf: [],
    passageWords: new Uint32Array(1024),
    termsAt: new Uint32Array(1025),
    sequence: new Uint32Array(1024),
    positions: new Uint16Array(1024),
    hasNext: new Uint8Array(1024),
    windowWords: new Float32Array(1024),
    totalWindowWords: 0,
    windows: 0,
    vectorSum: new Float64Array(dimensions),
    dimensions,
    vectors,
    termNumbers: new Map(),
    terms: [],
    postings: [],
    sermons: new Map(),
    headings: new Map(),
    titles: new Map(),
    sermonNumbers: new Uint32Array(1024),
    nextSermonNumber: NO_SERMON + 1,
    revision: 0,
    spellings: new Map(),
    numberOf: new Map(),
  }
}

/** Adds a sermon and its passages in order; replaces an earlier state of it. */
export function setSermon(
  index: PassageIndex,
  sermon: IndexedSermon,
  passages: readonly IndexedPassage[],
): void {
  removeSermon(index, sermon.id)
  index.revision += 1
  for (const term of sermon.headings.flat()) termNumber(index, term)
  const first = index.size
  makeRoom(index, first + passages.length)
  const entry: SermonEntry = {
    ...sermon,
    first,
    passages: passages.length,
    number: index.nextSermonNumber,
    length: 0,
    windows: 0,
    vectorSum: new Float64Array(index.dimensions),
  }
  index.nextSermonNumber += 1
  for (const [place, passage] of passages.entries()) {
    const number = first + place
    const { id, words, meaning } = passage
    index.sermonOf[number] = sermon
    index.passageOf[number] = { id, meaning }
    index.passageWords[number] = words
    index.numberOf.set(id, number)
    index.sermonNumbers[number] = entry.number
    entry.length += passage.terms.length
    addTerms(index, number, passage)
    addPostings(index, number)
    const next = passages[place + 1]
    // The last passage is inside the window before it.
    const isWindow = next !== undefined || place === 0
    index.hasNext[number] = next ? 1 : 0
    index.windowWords[number] = isWindow ? words + (next?.words ?? 0) : 0
    if (isWindow) {
      index.windows += 1
      index.totalWindowWords += index.windowWords[number] ?? 0
      entry.windows += 1
      storeVector(index, number, meaning, next?.meaning ?? null)
      addVector(entry.vectorSum, index, number)
    }
  }
  for (let d = 0; d < index.dimensions; d += 1) {
    index.vectorSum[d] = (index.vectorSum[d] ?? 0) + (entry.vectorSum[d] ?? 0)
  }
  index.size = first + passages.length
  index.sermons.set(sermon.id, entry)
  addHolder(index.headings, sermon.headings.flat(), entry)
  addHolder(index.titles, sermon.headings[0] ?? [], entry)
}

export function removeSermon(index: PassageIndex, sermonId: string): void {
  const old = index.sermons.get(sermonId)
  if (!old) return
  index.sermons.delete(sermonId)
  index.revision += 1
  const noVector = new Float32Array(index.dimensions)
  for (const term of old.headings.flat()) {
    index.headings.get(term)?.delete(old)
    index.titles.get(term)?.delete(old)
  }
  for (let d = 0; d < index.dimensions; d += 1) {
    index.vectorSum[d] = (index.vectorSum[d] ?? 0) - (old.vectorSum[d] ?? 0)
  }
  for (let number = old.first; number < old.first + old.passages; number += 1) {
    if (index.windowWords[number]) {
      index.windows -= 1
      index.totalWindowWords -= index.windowWords[number] ?? 0
    }
    index.numberOf.delete(index.passageOf[number]?.id ?? '')
    index.vectors.set(number, noVector)
    index.sermonOf[number] = null
    index.passageOf[number] = null
    index.sermonNumbers[number] = NO_SERMON
    index.hasNext[number] = 0
    index.windowWords[number] = 0
  }
}

/** Adds the words of a text, `analysed` being its terms and the words that they stand for. */
export function addSpellings(
  { spellings }: PassageIndex,
  text: string,
  analysed: { terms: readonly string[]; positions: readonly number[] },
): void {
  const words = wordsOfText(text)
  for (const [place, term] of analysed.terms.entries()) {
    const word = words[analysed.positions[place] ?? -1]
    if (word !== undefined) spellings.set(foldWord(word), term)
  }
}

/** In how many passages a term is; passages that were replaced count until the index is compacted. */
export function countPassages({ termNumbers, postings }: PassageIndex, term: string): number {
  const number = termNumbers.get(term)
  return number === undefined ? 0 : (postings[number]?.length ?? 0)
}

/** Copies the sermons to a new index, to drop the numbers of replaced sermons. */
export function compactIndex(index: PassageIndex): PassageIndex {
  const compacted = createPassageIndex(index.dimensions)
  for (const [word, term] of index.spellings) compacted.spellings.set(word, term)
  for (const entry of index.sermons.values()) {
    const { first, passages, id, churchId, isPublished, headings, speaker, scripture, language, embedder } =
      entry
    const kept = index.passageOf
      .slice(first, first + passages)
      .flatMap((passage, place): IndexedPassage[] => {
        const number = first + place
        return passage
          ? [
              {
                ...passage,
                terms: Array.from(termsOf(index, number), (term) => index.terms[term] ?? ''),
                positions: [...index.positions.subarray(index.termsAt[number], index.termsAt[number + 1])],
                words: index.passageWords[number] ?? 0,
              },
            ]
          : []
      })
    const sermon = { id, churchId, isPublished, headings, speaker, scripture, language, embedder }
    setSermon(compacted, sermon, kept)
  }
  return compacted
}

function addHolder(
  holders: Map<string, Set<SermonEntry>>,
  terms: readonly string[],
  sermon: SermonEntry,
): void {
  for (const term of terms) {
    const own = holders.get(term)
    if (own) own.add(sermon)
    else holders.set(term, new Set([sermon]))
  }
}

function termNumber(index: PassageIndex, term: string): number {
  const known = index.termNumbers.get(term)
  if (known !== undefined) return known
  const number = index.terms.length
  index.termNumbers.set(term, number)
  index.terms.push(term)
  index.postings.push({ length: 0, entries: new Uint32Array(2) })
  return number
}

type Numbers = Uint8Array | Uint16Array | Uint32Array | Float32Array

function grown<T extends Numbers>(to: T, from: T): T {
  to.set(from)
  return to
}

function makeRoom(index: PassageIndex, size: number): void {
  if (size <= index.hasNext.length) return
  const room = Math.max(size, index.hasNext.length * 2)
  index.hasNext = grown(new Uint8Array(room), index.hasNext)
  index.sermonNumbers = grown(new Uint32Array(room), index.sermonNumbers)
  index.windowWords = grown(new Float32Array(room), index.windowWords)
  index.passageWords = grown(new Uint32Array(room), index.passageWords)
  index.termsAt = grown(new Uint32Array(room + 1), index.termsAt)
  index.vectors.makeRoom(room)
}

/** Passages are added in the order of their numbers. */
function addTerms(
  index: PassageIndex,
  number: number,
  { terms, positions }: Pick<IndexedPassage, 'terms' | 'positions'>,
): void {
  const from = index.termsAt[number] ?? 0
  const end = from + terms.length
  if (end > index.sequence.length) {
    const room = Math.max(end, index.sequence.length * 2)
    index.sequence = grown(new Uint32Array(room), index.sequence)
    index.positions = grown(new Uint16Array(room), index.positions)
  }
  for (const [at, term] of terms.entries()) index.sequence[from + at] = termNumber(index, term)
  index.positions.set(positions, from)
  index.termsAt[number + 1] = end
}

/** The numbers of the terms of a passage in order. */
export function termsOf({ sequence, termsAt }: PassageIndex, passage: number): Uint32Array {
  return sequence.subarray(termsAt[passage], termsAt[passage + 1])
}

function addPostings(index: PassageIndex, number: number): void {
  const counts = new Map<number, number>()
  for (const term of termsOf(index, number)) counts.set(term, (counts.get(term) ?? 0) + 1)
  for (const [term, count] of counts) {
    const list = index.postings[term]
    if (!list) continue
    if (list.length === list.entries.length) {
      const entries = new Uint32Array(list.length * 2)
      entries.set(list.entries)
      list.entries = entries
    }
    list.entries[list.length] = number * 256 + Math.min(255, count)
    list.length += 1
  }
}

function storeVector(
  { vectors }: PassageIndex,
  number: number,
  one: Float32Array | null,
  other: Float32Array | null,
): void {
  const sum = new Float32Array(vectors.dimensions)
  let squares = 0
  for (let d = 0; d < sum.length; d += 1) {
    const value = (one?.[d] ?? 0) + (other?.[d] ?? 0)
    sum[d] = value
    squares += value * value
  }
  if (squares === 0) return
  const length = Math.sqrt(squares)
  for (let d = 0; d < sum.length; d += 1) sum[d] = (sum[d] ?? 0) / length
  vectors.set(number, sum)
}

function addVector(sum: Float64Array, { vectors }: PassageIndex, number: number): void {
  for (const [d, value] of vectors.read(number).entries()) sum[d] = (sum[d] ?? 0) + value
}
