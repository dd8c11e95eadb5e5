import { findReferences } from '#lib/scripture/find-references.ts'
import { overlapsRange, type VerseRange } from '#lib/scripture/verse-range.ts'

/** A part of a text to mark, in UTF-16 code units, `end` excluded. */
export type Mark = { start: number; end: number }

/** What of a query is marked. */
export type MarkedQuery = {
  words: ReadonlySet<string>
  references: readonly VerseRange[]
  isReference: boolean
}

const wordPattern = /[\p{L}\p{M}\p{N}’']+/gu

/**
 * The parts of a passage that a search found, in order and apart: references that share a verse with those of the
 * query ("twenty-third Psalm" for "Psalm 23"), and words. `words` are in lower case. A query that is only a
 * reference is not looked for word by word: "one" in "John 1" would mark every "one".
 */
export function findMarks(text: string, query: MarkedQuery): Mark[] {
  const references =
    query.references.length === 0
      ? []
      : findReferences(text)
          .filter((found) => query.references.some((wanted) => overlapsRange(found, wanted)))
          .map(({ startOffset, endOffset }) => ({ start: startOffset, end: endOffset }))
  if (query.isReference && references.length > 0) return references
  const words = [...text.matchAll(wordPattern)]
    .filter(([word]) => query.words.has(word.toLowerCase()))
    .map(({ 0: word, index }) => ({ start: index, end: index + word.length }))
  return mergeMarks([...references, ...words])
}

function mergeMarks(marks: readonly Mark[]): Mark[] {
  const merged: Mark[] = []
  for (const mark of marks.toSorted((a, b) => a.start - b.start)) {
    const last = merged.at(-1)
    if (last && mark.start < last.end) last.end = Math.max(last.end, mark.end)
    else merged.push({ ...mark })
  }
  return merged
}
