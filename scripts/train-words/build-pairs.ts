import type { Synset } from './read-wordnet.ts'

/** Two texts of similar meaning, each as distinct terms. */
export type TextPair = [string[], string[]]

const MAX_VERSE_TERMS = 80

/** Builds the pairs to learn from, always in the same order. `terms` returns the distinct terms of a text. */
export function buildPairs(
  sources: {
    synsets: ReadonlyMap<string, Synset>
    bibles: readonly [ReadonlyMap<string, string>, ReadonlyMap<string, string>]
    topics: readonly { heading: string; references: string[] }[]
  },
  terms: (text: string) => string[],
): TextPair[] {
  const pairs: TextPair[] = []
  const add = (one: string, other: string) => {
    const first = terms(one)
    const second = terms(other).slice(0, MAX_VERSE_TERMS)
    if (first.length > 0 && second.length > 0) pairs.push([first, second])
  }
  for (const synset of sources.synsets.values()) {
    const { lemmas, definition, examples, hypernyms } = synset
    for (const lemma of lemmas) {
      add(lemma, definition)
      const others = lemmas.filter((other) => other !== lemma)
      if (others.length > 0) add(lemma, others.join(' '))
    }
    for (const example of examples) add(example, definition)
    for (const id of hypernyms) {
      const general = sources.synsets.get(id)
      if (general) add(definition, general.lemmas.join(' '))
    }
  }
  const [first, second] = sources.bibles
  for (const [reference, text] of first) {
    const other = second.get(reference)
    if (other) add(text, other)
  }
  const order = [...second.keys()]
  const places = new Map(order.map((reference, place) => [reference, place]))
  for (const { heading, references } of sources.topics) {
    for (const reference of references) {
      for (const verse of versesOf(reference, order, places)) add(heading, second.get(verse) ?? '')
    }
  }
  return pairs
}

/** Returns the first verses of a range, because a long range is less related to its heading. */
function versesOf(reference: string, order: readonly string[], places: ReadonlyMap<string, number>) {
  const [from = '', to = from] = reference.split('-')
  const first = places.get(from)
  const last = places.get(to)
  if (first === undefined || last === undefined) return []
  return order.slice(first, Math.min(last, first + 3) + 1)
}
