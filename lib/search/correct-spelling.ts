import { spellingDistance } from '#lib/text/spelling-distance.ts'
import { countPassages, type PassageIndex } from './passage-index.ts'
import { cosineOf, type WordMeanings } from './word-meanings.ts'

/** A word of the library that is meant instead of the one that was typed. */
export type Correction = { word: string; term: string }

const MIN_LENGTH = 4
/** From this length on two letters may be wrong. */
const LONG = 8
const MAX_CORRECTIONS = 2
/** A word that is seldom in the library may be misspelled there too, if one that is spelled nearly so is common. */
const MAX_RARE = 2
const MUCH_COMMONER = 20
/** The table of word meanings contains misspellings too; their meaning is near to that of the right word. */
const SAME_MEANING = 0.5

type NearWord = Correction & { distance: number; frequency: number }

/**
 * Corrects a word of a query by the words of the library, `own` being its terms: returns those within one change, or
 * two for a long word, nearest and most frequent first. A swap of neighbouring letters is one change. A word that is
 * in use, here or elsewhere, is not corrected.
 */
export function correctSpelling(
  index: PassageIndex,
  table: WordMeanings,
  { word, own }: { word: string; own: readonly string[] },
): Correction[] {
  if (word.length < MIN_LENGTH || !/^\p{L}+$/u.test(word)) return []
  const uses = own.reduce((sum, term) => sum + countPassages(index, term), 0)
  const isWord = own.some((term) => table.rowOf.has(term))
  if (uses > MAX_RARE || (uses > 0 && isWord)) return []
  const near = nearWords(index, word).filter(
    ({ term, distance, frequency }) =>
      (uses === 0 || (distance === 1 && frequency >= MUCH_COMMONER * uses)) &&
      (!isWord || (distance === 1 && own.some((one) => cosineOf(table, one, term) >= SAME_MEANING))),
  )
  const corrections = new Map<string, Correction>()
  for (const { word: other, term, distance } of near) {
    if (distance !== near[0]?.distance || corrections.size === MAX_CORRECTIONS) break
    if (!corrections.has(term)) corrections.set(term, { word: other, term })
  }
  return [...corrections.values()]
}

/** The words of the library that are spelled nearly so, nearest and most frequent first. */
function nearWords(index: PassageIndex, word: string): NearWord[] {
  const most = word.length >= LONG ? 2 : 1
  const found: NearWord[] = []
  for (const [other, term] of index.spellings) {
    if (Math.abs(other.length - word.length) > most || other === word) continue
    // The first letter is rarely wrong, unless it changed places with the second.
    if (other[0] !== word[0] && !(other[0] === word[1] && other[1] === word[0])) continue
    const distance = spellingDistance(word, other, most)
    if (distance <= most) found.push({ word: other, term, distance, frequency: countPassages(index, term) })
  }
  return found.sort(
    (a, b) => a.distance - b.distance || b.frequency - a.frequency || (a.word < b.word ? -1 : 1),
  )
}
