import type { PassageIndex } from './passage-index.ts'
import { createVectorTable, type VectorTable } from './vector-table.ts'
import { addMeaning, type WordMeanings } from './word-meanings.ts'

export type RelatedTerm = { term: string; weight: number }

const MAX_RELATED = 40
/** Nearness at which two words are taken to be related; WordNet's relations need less. */
const NEAR = 0.5
const NEAR_RELATION = 0.35
/** The weight of a related word of the same meaning, and of one that is just near enough. */
const MOST = 0.75
const LEAST = 0.1
/** The weight of a word with or without `un-`. */
const OPPOSITE = 0.6

/** The meanings of an index's own terms as unit vectors, and what has been looked up among them. */
type Vocabulary = { read: number; terms: number[]; units: VectorTable; related: Map<string, RelatedTerm[]> }

const vocabularies = new WeakMap<PassageIndex, Vocabulary>()
/** New terms in so large a number make earlier look-ups worth doing again. */
const REFRESH_SHARE = 1.02

/** Terms of the library that mean nearly the same as `term`, nearest first. */
export function relatedTerms(index: PassageIndex, table: WordMeanings, term: string): RelatedTerm[] {
  const vocabulary = currentVocabulary(index, table)
  const known = vocabulary.related.get(term)
  if (known) return known
  const found = lookUp(index, table, vocabulary, term)
  vocabulary.related.set(term, found)
  return found
}

function lookUp(
  index: PassageIndex,
  table: WordMeanings,
  { terms, units }: Vocabulary,
  term: string,
): RelatedTerm[] {
  const row = table.rowOf.get(term)
  const unit = unitMeaning(table, term)
  if (row === undefined || !unit) return []
  const relations = new Set(table.neighboursOf(row).map((other) => table.stems[other] ?? ''))
  const cosines = units.multiply(unit, terms.length)
  const opposites = oppositesOf(term).filter((name) => index.termNumbers.has(name))
  const found: RelatedTerm[] = opposites.map((name) => ({ term: name, weight: OPPOSITE }))
  for (const [place, number] of terms.entries()) {
    const cosine = cosines[place] ?? 0
    if (cosine < NEAR_RELATION) continue
    const name = index.terms[number] ?? ''
    if (name === term || opposites.includes(name) || (cosine < NEAR && !relations.has(name))) continue
    const share = (cosine - NEAR_RELATION) / (1 - NEAR_RELATION)
    found.push({ term: name, weight: LEAST + (MOST - LEAST) * share })
  }
  return found.sort((a, b) => b.weight - a.weight || (a.term < b.term ? -1 : 1)).slice(0, MAX_RELATED)
}

/** What is unchanging is about change too. */
function oppositesOf(term: string): string[] {
  return [`un${term}`, ...(/^un.{4}/.test(term) ? [term.slice(2)] : [])]
}

function currentVocabulary(index: PassageIndex, table: WordMeanings): Vocabulary {
  const known = vocabularies.get(index)
  if (known && index.terms.length <= known.read * REFRESH_SHARE) return known
  const terms: number[] = []
  const rows: Float32Array[] = []
  for (const [number, term] of index.terms.entries()) {
    const unit = unitMeaning(table, term)
    if (!unit) continue
    terms.push(number)
    rows.push(unit)
  }
  const units = createVectorTable(table.dimensions)
  units.makeRoom(rows.length)
  for (const [place, row] of rows.entries()) units.set(place, row)
  const vocabulary = { read: index.terms.length, terms, units, related: new Map() }
  vocabularies.set(index, vocabulary)
  return vocabulary
}

function unitMeaning(table: WordMeanings, term: string): Float32Array | null {
  const sum = new Float32Array(table.dimensions)
  if (!addMeaning(table, term, sum)) return null
  const length = Math.hypot(...sum)
  return length === 0 ? null : sum.map((value) => value / length)
}
