import type { PassageIndex } from './passage-index.ts'

const MIN_LENGTH = 4
const MAX_CORRECTIONS = 2

/**
 * Corrects a term that is not in the library: returns terms of the library within one change, or two for a long word,
 * nearest and most frequent first. A swap of neighbouring letters is one change.
 */
export function correctSpelling(index: PassageIndex, term: string): string[] {
  if (term.length < MIN_LENGTH || !/^\p{L}+$/u.test(term)) return []
  const most = term.length >= 8 ? 2 : 1
  // The stem of a right word has lost its silent e: "chnage" is to be compared with "chang".
  const forms = term.length > MIN_LENGTH && term.endsWith('e') ? [term, term.slice(0, -1)] : [term]
  const found: { name: string; distance: number; frequency: number }[] = []
  for (const [number, name] of index.terms.entries()) {
    if (Math.abs(name.length - term.length) > most + 1 || name.length < MIN_LENGTH - 1) continue
    // The first letter is rarely wrong, and it rules out most words.
    if (name[0] !== term[0] && name[1] !== term[1]) continue
    const distance = Math.min(...forms.map((form) => spellingDistance(form, name, most)))
    if (distance <= most) found.push({ name, distance, frequency: index.postings[number]?.length ?? 0 })
  }
  found.sort((a, b) => a.distance - b.distance || b.frequency - a.frequency || (a.name < b.name ? -1 : 1))
  return found
    .filter(({ distance }) => distance === found[0]?.distance)
    .slice(0, MAX_CORRECTIONS)
    .map(({ name }) => name)
}

/** The number of letters to change, add, drop or swap with the next; more than `most` where it is more. */
function spellingDistance(one: string, other: string, most: number): number {
  let before: number[] = []
  let last = Array.from({ length: other.length + 1 }, (_, place) => place)
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i]
    let least = i
    for (let j = 1; j <= other.length; j += 1) {
      const cost = one[i - 1] === other[j - 1] ? 0 : 1
      let value = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + cost)
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
        value = Math.min(value, (before[j - 2] ?? 0) + 1)
      }
      row.push(value)
      least = Math.min(least, value)
    }
    if (least > most) return most + 1
    before = last
    last = row
  }
  return last[other.length] ?? most + 1
}
