import { type EditedText, editText, type TextEdit } from './edit-text.ts'
import {
  isChapterWord,
  isVerseWord,
  type NumberAtom,
  rangeWord,
  readNumber,
  readNumbers,
  readOrdinal,
  type Token,
  tokensOf,
} from './number-words.ts'
import { readPlaceBefore } from './read-place-before.ts'
import { joinNumbers, splitNumbers } from './split-numbers.ts'
import { findSpokenBooks, type SpokenBook } from './spoken-books.ts'

const beforeVerse =
  /^(?:and|at|in|from|begin|beginning|start|starting|read|reading|with|the|chapter|down|then|also|there|today|we|will|we'll)$/
const endsSentence = (token: Token | undefined) => /[.!?;]/.test(token?.before ?? '')

type Reading = { tokens: readonly Token[]; edits: TextEdit[]; usesWords: boolean; position: number }

/** Rewrites spoken references in digits: "first Corinthians thirteen four through seven" → "first Corinthians 13:4-7". */
export function writeSpoken(source: string): EditedText {
  const tokens = tokensOf(source)
  const edits: TextEdit[] = []
  for (const spoken of findSpokenBooks(source)) {
    const before = chapterBefore(tokens, spoken, source)
    if (before) {
      edits.push(...before)
      continue
    }
    edits.push(...writeAfter(tokens, spoken, source))
  }
  return editText(source, edits)
}

/** Replaces a spoken name that the parser does not support with the book's own name. */
function nameEdit({ book, start, end }: SpokenBook, source: string): TextEdit[] {
  const written = source.slice(start, end)
  const isKnown = !/\b(?:one|two|three|letter|epistle|book)\b|gospel$|apostles$/i.test(written)
  return isKnown ? [] : [{ start, end, text: book.name === 'Psalms' ? 'Psalm' : book.name }]
}

/** "the twenty third psalm", "the fourteenth chapter of John", "chapter three of the gospel of John". */
function chapterBefore(tokens: readonly Token[], spoken: SpokenBook, source: string): TextEdit[] | null {
  const at = tokens.findIndex((token) => token.start >= spoken.start)
  if (at < 1) return null
  if (spoken.book.osis === 'Ps') {
    for (const length of [4, 3, 2, 1]) {
      const ordinal = readOrdinal(tokens, at - length)
      if (ordinal?.next !== at) continue
      const chapter = ordinal.atom.value
      if (chapter > spoken.book.verses.length) return null
      return [{ start: ordinal.atom.start, end: spoken.end, text: `Psalm ${chapter}` }]
    }
  }
  let of = at
  while (
    of > 0 &&
    /^(?:the|gospel|book|letter|epistle|according|to|saint|st|of|in|from)$/.test(tokens[of - 1]?.text ?? '')
  )
    of -= 1
  if (of === at || !/^(?:of|in|from)$/.test(tokens[of]?.text ?? '')) return null
  const place = readPlaceBefore(tokens, of, spoken.book)
  if (!place) return null
  const name = { start: place.start, end: spoken.end, text: `${spoken.book.name} ${place.written}` }
  return [name, ...(place.isChapter ? verseAfter(tokens, spoken, source) : [])]
}

function verseAfter(tokens: readonly Token[], spoken: SpokenBook, source: string): TextEdit[] {
  const at = tokens.findIndex((token) => token.start >= spoken.end)
  if (at === -1 || source.slice(spoken.end, tokens[at]?.start).match(/[.!?;]/)) return []
  const reading: Reading = { tokens, edits: [], usesWords: false, position: spoken.end }
  const verses = findVerses(tokens, at)
  if (!verses) return []
  push(reading, verses.atoms, ':')
  readRest(reading, { at: verses.next, last: joinNumbers(verses.atoms), isExplicit: true, read: joinNumbers })
  return reading.edits
}

function writeAfter(tokens: readonly Token[], spoken: SpokenBook, source: string): TextEdit[] {
  const first = tokens.findIndex((token) => token.start >= spoken.end)
  const opening = tokens[first]
  if (!opening || endsSentence({ ...opening, before: source.slice(spoken.end, opening.start) })) return []
  const {
    atoms,
    next,
    usesFillers,
    isChapter = false,
  } = readChapter(tokens, first, spoken.book.verses.length === 1)
  if (atoms.length === 0 || isCount(tokens[next])) return []
  const edits = nameEdit(spoken, source)
  const reading: Reading = { tokens, edits, usesWords: usesFillers || edits.length > 0, position: spoken.end }
  const verses = findVerses(tokens, next)
  if (verses) {
    const chapter = joinNumbers(atoms)
    const count = spoken.book.verses[chapter - 1]
    const verse = joinNumbers(verses.atoms)
    if (count === undefined) return []
    push(reading, atoms, ' ')
    if (verses.atoms.length > 1 && verse > count && isRisingList(verses.atoms)) {
      for (const [index, atom] of verses.atoms.entries()) push(reading, [atom], index === 0 ? ':' : ', ')
      readRest(reading, {
        at: verses.next,
        last: verses.atoms.at(-1)?.value ?? 0,
        isExplicit: true,
        read: joinNumbers,
      })
      return reading.edits
    }
    if (verse >= 1 && verse <= count) {
      push(reading, verses.atoms, ':')
      reading.usesWords ||= verses.usesFillers
      readRest(reading, { at: verses.next, last: verse, isExplicit: true, read: joinNumbers })
    }
    return reading.usesWords || reading.edits.length > 2 ? reading.edits : []
  }
  if (isChapterWord(tokens[first]) && tokens[first]?.text === 'chapters' && isRisingList(atoms)) {
    for (const [index, atom] of atoms.entries()) push(reading, [atom], index === 0 ? ' ' : ', ')
    readRest(reading, { at: next, last: atoms.at(-1)?.value ?? 0, isExplicit: true, read: joinNumbers })
    return reading.edits
  }
  const split = splitNumbers(spoken.book, atoms)
  if (!split) return []
  if (split.chapterAtoms > 0) {
    // The word is kept, to distinguish "mark chapter ten" from "mark ten".
    push(reading, atoms.slice(0, split.chapterAtoms), isChapter ? ' chapter ' : ' ')
  }
  if (split.verse !== undefined)
    push(reading, atoms.slice(split.chapterAtoms), split.chapterAtoms > 0 ? ':' : ' 1:')
  readRest(reading, {
    at: next,
    last: split.verse ?? split.chapter,
    isExplicit: false,
    read: (numbers) => {
      if (split.verse === undefined || numbers.length === 1) return joinNumbers(numbers)
      const to = splitNumbers(spoken.book, numbers)
      return to?.verse === undefined || to.chapter <= split.chapter
        ? joinNumbers(numbers)
        : `${to.chapter}:${to.verse}`
    },
  })
  return reading.usesWords ? reading.edits : []
}

/** "Romans eight hundred men", "Amos five foot ten". */
function isCount(next: Token | undefined): boolean {
  return (
    /^(?:hundred|thousand|million|foot|feet|inches|percent)$/.test(next?.text ?? '') &&
    /^\s*$/.test(next?.before ?? '')
  )
}

/** Reads the numbers directly after a book's name, or after "chapter" within a few small words. */
function readChapter(
  tokens: readonly Token[],
  first: number,
  isSingleChapter: boolean,
): { atoms: NumberAtom[]; next: number; usesFillers: boolean; isChapter?: boolean } {
  if (/^[\s,:.-]*$/.test(tokens[first]?.before ?? '')) {
    const direct = readNumbers(tokens, first)
    if (direct.atoms.length > 0) return { ...direct, usesFillers: false }
  }
  // A book of one chapter needs none: "Jude verse three".
  const verses = isSingleChapter ? findVerses(tokens, first) : null
  if (verses) return { ...verses, usesFillers: true }
  for (let at = first; at < first + 4; at += 1) {
    if (at > first && endsSentence(tokens[at])) break
    if (isChapterWord(tokens[at]))
      return { ...readNumbers(tokens, at + 1), usesFillers: at > first, isChapter: true }
    const ordinal = readOrdinal(tokens, at)
    if (ordinal && isChapterWord(tokens[ordinal.next])) {
      return { atoms: [ordinal.atom], next: ordinal.next + 1, usesFillers: true, isChapter: true }
    }
    if (!/^(?:in|the|and|from|at|our)$/.test(tokens[at]?.text ?? '')) break
  }
  return { atoms: [], next: first, usesFillers: false }
}

/** Finds the numbers after "verse", if only small words come before it. */
function findVerses(
  tokens: readonly Token[],
  from: number,
): { atoms: NumberAtom[]; next: number; usesFillers: boolean } | null {
  for (let at = from; at < from + 7; at += 1) {
    if (endsSentence(tokens[at])) return null
    // "We are in Luke eighteen and in verse nine" names the chapter first, and then a verse.
    if (
      isVerseWord(tokens[at]) &&
      tokens[at - 1]?.text === 'in' &&
      tokens[at - 2]?.text === 'and' &&
      at - 2 >= from
    )
      return null
    if (isVerseWord(tokens[at])) {
      const { atoms, next } = readNumbers(tokens, at + 1)
      return atoms.length > 0 ? { atoms, next, usesFillers: at > from } : null
    }
    const ordinal = readOrdinal(tokens, at)
    if (ordinal && isVerseWord(tokens[ordinal.next])) {
      return { atoms: [ordinal.atom], next: ordinal.next + 1, usesFillers: true }
    }
    if (!beforeVerse.test(tokens[at]?.text ?? '')) return null
  }
  return null
}

/** Adds the numbers as one part of the reference and removes the text before them. */
function push(
  reading: Reading,
  atoms: readonly NumberAtom[],
  mark: string,
  text = `${joinNumbers(atoms)}`,
): void {
  const last = atoms.at(-1)
  if (!last) return
  reading.edits.push({ start: reading.position, end: last.end, text: `${mark}${text}` })
  reading.position = last.end
  reading.usesWords ||= atoms.some(({ isWord }) => isWord) || atoms.length > 1
}

/** "through seven", "and four", ", nine": the ends of ranges and the rest of a list, while the numbers increase. */
function readRest(
  reading: Reading,
  {
    at,
    last,
    isExplicit,
    read,
  }: {
    at: number
    last: number
    isExplicit: boolean
    read: (atoms: readonly NumberAtom[]) => number | string
  },
): void {
  const { tokens } = reading
  let [next, previous] = [at, last]
  for (;;) {
    let token = tokens[next]
    if (!token || endsSentence(token)) return
    while (
      /^(?:and|go|read|on|down|all|the|way)$/.test(token?.text ?? '') &&
      isFillerBeforeRange(tokens, next)
    ) {
      next += 1
      token = tokens[next]
    }
    if (!token) return
    const isRange = rangeWord.test(token.text) || /^\s*[-–—]\s*$/.test(token.before)
    const isAnd = token.text === 'and'
    const isComma = !isAnd && !isRange && isExplicit && /^\s*,\s*$/.test(token.before)
    if (!isRange && !isAnd && !isComma) return
    if (rangeWord.test(token.text) || isAnd) next += 1
    while (/^(?:to|verses?|the|chapters?)$/.test(tokens[next]?.text ?? '')) next += 1
    const numbers = isComma || isAnd ? readOne(tokens, next) : readNumbers(tokens, next)
    token = tokens[next]
    if (numbers.atoms.length === 0) return
    const value = read(numbers.atoms)
    let number = typeof value === 'number' ? value : Number.POSITIVE_INFINITY
    // "twenty two and three" is 22 and 23.
    const completed = previous - (previous % 10) + number
    if (isAnd && previous >= 20 && number < 10 && completed === previous + 1) number = completed
    // Without "verses", a number after "and" is the next verse or something else: "three sixteen and two people".
    if (number <= previous || (isAnd && !isExplicit && number !== previous + 1)) return
    push(reading, numbers.atoms, isRange ? '-' : ', ', typeof value === 'number' ? `${number}` : value)
    previous = number
    next = numbers.next
  }
}

/** "five six and seven": each number is a separate chapter or verse. */
function isRisingList(atoms: readonly NumberAtom[]): boolean {
  return (
    atoms.length > 1 &&
    atoms.every(({ value }, index) => index === 0 || value === (atoms[index - 1]?.value ?? 0) + 1)
  )
}

/** "and go through verse twenty", "and read down to verse nine". */
function isFillerBeforeRange(tokens: readonly Token[], at: number): boolean {
  const rest = tokens
    .slice(at, at + 5)
    .map(({ text }) => text)
    .join(' ')
  return (
    /^(?:(?:and|go|read|on|down|all|the|way) )+(?:through|thru|to|until|till)\b/.test(rest) &&
    !endsSentence(tokens[at])
  )
}

function readOne(tokens: readonly Token[], at: number): { atoms: NumberAtom[]; next: number } {
  const read = readNumber(tokens, at)
  return read ? { atoms: [read.atom], next: read.next } : { atoms: [], next: at }
}
