import type { BibleBook } from './bible-books.ts'
import type { NumberAtom } from './number-words.ts'

/** The chapter and verse that spoken numbers mean; `verse` is `undefined` for a whole chapter. */
export type ChapterVerse = { chapter: number; verse: number | undefined; chapterAtoms: number }

/** Joins consecutive spoken digits: "one nineteen" is 119, "one oh five" is 105. */
export function joinNumbers(atoms: readonly NumberAtom[]): number {
  return Number(atoms.map(({ value }) => value).join('') || Number.NaN)
}

/**
 * Divides spoken numbers into chapter and verse: "eight twenty eight" is 8:28, and in the Psalms "one
 * nineteen one oh five" is 119:105. `null` if the book has no such verse.
 */
export function splitNumbers(book: BibleBook, atoms: readonly NumberAtom[]): ChapterVerse | null {
  if (book.verses.length === 1) return splitSingleChapter(book, atoms)
  // A hundred said in parts ("one twelve", "one one two") is preferred to chapter 1 with a verse that does not exist.
  const hundreds = [3, 2]
    .map((length) => splitAt(book, atoms, length))
    .filter((split) => split !== null && split.chapter >= 100)
  const plain = Array.from({ length: atoms.length }, (_, index) => splitAt(book, atoms, index + 1))
  const candidates = book.verses.length >= 100 ? [...plain.slice(0, 1), ...hundreds, ...plain] : plain
  return candidates.find((split) => split !== null) ?? null
}

function splitAt(book: BibleBook, atoms: readonly NumberAtom[], length: number): ChapterVerse | null {
  if (length > atoms.length) return null
  const chapter = joinNumbers(atoms.slice(0, length))
  const verses = book.verses[chapter - 1]
  if (verses === undefined) return null
  if (length === atoms.length) return { chapter, verse: undefined, chapterAtoms: length }
  const verse = joinNumbers(atoms.slice(length))
  return verse >= 1 && verse <= verses ? { chapter, verse, chapterAtoms: length } : null
}

function splitSingleChapter(book: BibleBook, atoms: readonly NumberAtom[]): ChapterVerse | null {
  const [verses = 0] = book.verses
  const first = atoms[0]
  if (atoms.length > 1 && first?.value === 1) {
    const verse = joinNumbers(atoms.slice(1))
    if (verse >= 1 && verse <= verses) return { chapter: 1, verse, chapterAtoms: 1 }
  }
  const verse = joinNumbers(atoms)
  return verse >= 1 && verse <= verses ? { chapter: 1, verse, chapterAtoms: 0 } : null
}
