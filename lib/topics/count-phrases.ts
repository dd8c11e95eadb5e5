import type { PassageIndex, SermonEntry } from '#lib/search/passage-index.ts'

/** The phrases that speak of a subject, each as its index terms in order. */
export type Subject = { name: string; phrases: readonly (readonly string[])[] }

/** How often each subject, by its place in the list, is spoken of in the sermons that were read, and in how many passages. */
export type PhraseCounts = { times: Float64Array; passages: Float64Array; terms: number; sermons: number }

/** Finds the phrases of subjects in the texts of sermons. */
export type PhraseCounter = {
  /** Adds what a sermon says to the counts. */
  add: (counts: PhraseCounts, sermon: SermonEntry) => void
  /** The places of the subjects of which terms in order speak. */
  find: (terms: readonly string[]) => Set<number>
  start: () => PhraseCounts
}

type Known = { subject: number; rest: readonly number[] }

/** Prepares the search for the phrases of subjects in an index. */
export function createPhraseCounter(index: PassageIndex, subjects: readonly Subject[]): PhraseCounter {
  const byFirst = new Map<number, Known[]>()
  for (const [subject, { phrases }] of subjects.entries()) {
    for (const phrase of phrases) {
      const numbers = phrase.map((term) => index.termNumbers.get(term))
      const [first, ...rest] = numbers.filter((number) => number !== undefined)
      if (first === undefined || rest.length + 1 < phrase.length) continue
      const known = byFirst.get(first) ?? []
      known.push({ subject, rest })
      byFirst.set(first, known)
    }
  }
  /** Calls `found` for every place where a phrase begins. */
  const scan = (
    termAt: (at: number) => number | undefined,
    from: number,
    to: number,
    found: (subject: number) => void,
  ) => {
    for (let at = from; at < to; at += 1) {
      const number = termAt(at)
      const known = number === undefined ? undefined : byFirst.get(number)
      if (!known) continue
      const said = new Set<number>()
      for (const { subject, rest } of known) {
        if (at + rest.length >= to) continue
        if (rest.every((term, place) => termAt(at + 1 + place) === term)) said.add(subject)
      }
      for (const subject of said) found(subject)
    }
  }
  return {
    start: () => ({
      times: new Float64Array(subjects.length),
      passages: new Float64Array(subjects.length),
      terms: 0,
      sermons: 0,
    }),
    add: (counts, { first, passages }) => {
      for (let passage = first; passage < first + passages; passage += 1) {
        const [from, to] = [index.termsAt[passage] ?? 0, index.termsAt[passage + 1] ?? 0]
        const said = new Set<number>()
        scan(
          (at) => index.sequence[at],
          from,
          to,
          (subject) => {
            counts.times[subject] = (counts.times[subject] ?? 0) + 1
            said.add(subject)
          },
        )
        for (const subject of said) counts.passages[subject] = (counts.passages[subject] ?? 0) + 1
        counts.terms += to - from
      }
      counts.sermons += 1
    },
    find: (terms) => {
      const numbers = terms.map((term) => index.termNumbers.get(term))
      const found = new Set<number>()
      scan(
        (at) => numbers[at],
        0,
        numbers.length,
        (subject) => found.add(subject),
      )
      return found
    },
  }
}
