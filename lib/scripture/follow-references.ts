import { type BibleBook, bookByNumber } from './bible-books.ts'
import { type FoundReference, findReferences } from './find-references.ts'
import {
  type NumberAtom,
  readNumber,
  readNumbers,
  readOrdinal,
  type Token,
  tokensOf,
} from './number-words.ts'
import { joinNumbers } from './split-numbers.ts'
import { findSpokenBooks } from './spoken-books.ts'
import {
  chapterRange,
  isPossible,
  rangeShape,
  splitVerseId,
  toOsis,
  type VerseRange,
  verseId,
} from './verse-range.ts'

/** A reference of running text. `isDoubtful` if its passage was named long before. */
export type FollowedReference = FoundReference & { isDoubtful: boolean }

/** The current passage, to which a later "verse nine" belongs. `chapter` is `null` if only the book was named. */
type Context = { book: BibleBook; chapter: number | null; at: number }

/** After this many characters (about five minutes of speech) the current passage may have changed. */
const DOUBTFUL_AFTER = 4000
const mayFollow = /\b(?:verses?|chapters?)\b/i
const ofHymns =
  /\b(?:hymns?|hymnals?|song(?! of s)|(?<!song of )songs|sing|sang|sung|stanzas?|chorus|poems?|carols?|amazing grace)\b/i
const certainCue =
  /\b(?:book|gospel|letter|epistle|prophet|prophecy)\s+(?:of|to|according to)(?:\s+(?:the|saint|st))*\s*$/i
const rangeWord = /^(?:through|thru|to|until|till)$/
const notVerse = /^(?:more|day|time|by|thing|man)$/

/**
 * Finds the references of running text, in order, including those that only name a verse or a chapter of the current
 * passage ("turn to verse nine"). Offsets as in `findReferences`.
 */
export function followReferences(text: string): FollowedReference[] {
  const found = findReferences(text)
  if (!mayFollow.test(text)) return found.map((reference) => ({ ...reference, isDoubtful: false }))
  const tokens = tokensOf(text)
  const books = findSpokenBooks(text).filter(
    ({ start, end }) =>
      certainCue.test(text.slice(Math.max(0, start - 60), start)) &&
      !found.some((reference) => start < reference.endOffset && end > reference.startOffset),
  )
  const followed: FollowedReference[] = []
  let context: Context | null = null
  let [nextFound, nextBook, at] = [0, 0, 0]
  while (at < tokens.length) {
    const token = tokens[at]
    if (!token) break
    const reference = found[nextFound]
    if (reference && token.start >= reference.startOffset) {
      followed.push({ ...reference, isDoubtful: false })
      context = contextOf(reference)
      while (at < tokens.length && (tokens[at]?.start ?? 0) < reference.endOffset) at += 1
      nextFound += 1
      continue
    }
    const named = books[nextBook]
    if (named && token.start >= named.start) {
      context = { book: named.book, chapter: null, at: named.end }
      nextBook += 1
    }
    const mention = readMention(tokens, at)
    if (!mention || ofHymns.test(text.slice(Math.max(0, token.start - 50), mention.end + 50))) {
      at += 1
      continue
    }
    const upcoming = found[nextFound]
    const isOfUpcoming =
      upcoming !== undefined &&
      /^\s*(?:of|in|from)\s+(?:the\s+)?$/i.test(text.slice(mention.end, upcoming.startOffset))
    const owner: Context | null = isOfUpcoming ? contextOf(upcoming) : context
    const resolved = owner ? resolve(mention, owner) : []
    at = Math.max(at + 1, mention.next)
    if (!owner || resolved.length === 0 || (!isOfUpcoming && isOfOther(tokens, mention.next))) continue
    const isDoubtful = mention.start - owner.at > DOUBTFUL_AFTER
    if (isOfUpcoming) {
      const last = resolved.length - 1
      followed.push(
        ...resolved.map((range, index) => ({
          ...place(range, mention.start, index === last ? upcoming.endOffset : mention.end),
          isDoubtful,
        })),
      )
      nextFound += 1
      while (at < tokens.length && (tokens[at]?.start ?? 0) < upcoming.endOffset) at += 1
    } else {
      followed.push(...resolved.map((range) => ({ ...place(range, mention.start, mention.end), isDoubtful })))
    }
    const [first] = resolved
    if (first) context = { ...contextOf(first), at: mention.start }
  }
  return followed
}

const place = (range: VerseRange, startOffset: number, endOffset: number): FoundReference => ({
  ...range,
  osis: toOsis(range),
  startOffset,
  endOffset,
})

function contextOf(range: VerseRange & { endOffset?: number }): Context {
  const { book, chapter } = splitVerseId(range.start)
  const found = bookByNumber(book)
  if (!found) throw new RangeError(`There is no book ${book}.`)
  return {
    book: found,
    chapter: rangeShape(range).shape === 'books' ? null : chapter,
    at: range.endOffset ?? 0,
  }
}

/** "chapter five of his book" is a chapter of something else. */
function isOfOther(tokens: readonly Token[], next: number): boolean {
  return (
    /^(?:of|from)$/.test(tokens[next]?.text ?? '') && !/^(?:this|the)$/.test(tokens[next + 1]?.text ?? '')
  )
}

/** The content of a mention: a chapter, verses from and to, or both. */
type Mention = {
  chapter: number | null
  verses: [from: number, to: number][]
  start: number
  end: number
  next: number
}

/** A mention that starts at a word: "verse nine", "verses 3 and 4", "the ninth verse", "chapter two verse one". */
function readMention(tokens: readonly Token[], at: number): Mention | null {
  const token = tokens[at]
  if (!token) return null
  const kind = /^(chapters?|verses?)$/.exec(token.text)?.[0]
  if (kind === undefined) {
    const ordinal = readOrdinal(tokens, at)
    const noun = ordinal ? tokens[ordinal.next]?.text : undefined
    if (!ordinal || (noun !== 'verse' && noun !== 'chapter')) return null
    const { value } = ordinal.atom
    const span = { start: token.start, end: tokens[ordinal.next]?.end ?? token.end, next: ordinal.next + 1 }
    return noun === 'verse'
      ? { chapter: null, verses: [[value, value]], ...span }
      : { chapter: value, verses: [], ...span }
  }
  const { atoms, next } = readNumbers(tokens, at + 1)
  const last = atoms.at(-1)
  if (!last || !isPlain(tokens, at + 1, next)) return null
  if (kind.startsWith('chapter')) {
    const after = tokens[next]
    const mention = { chapter: joinNumbers(atoms), verses: [], start: token.start, end: last.end, next }
    const verses = /^(?:and|at|in)$/.test(after?.text ?? '') ? next + 1 : next
    const inner = /^verses?$/.test(tokens[verses]?.text ?? '') ? readMention(tokens, verses) : null
    return inner ? { ...inner, chapter: mention.chapter, start: token.start } : mention
  }
  const rest = readRange(tokens, next, joinNumbers(atoms))
  return { chapter: null, start: token.start, ...rest, end: rest.end ?? last.end }
}

const isPlain = (tokens: readonly Token[], at: number, next: number) =>
  /^\s*$/.test(tokens[at]?.before ?? '') &&
  !(tokens[next - 1]?.text === 'one' && notVerse.test(tokens[next]?.text ?? ''))

function readRange(
  tokens: readonly Token[],
  from: number,
  first: number,
): { verses: [number, number][]; end: number | null; next: number } {
  const verses: [number, number][] = [[first, first]]
  let [next, end]: [number, number | null] = [from, null]
  for (;;) {
    const token = tokens[next]
    const isDash = /^\s*[-–—]\s*$/.test(token?.before ?? '')
    const isRange = rangeWord.test(token?.text ?? '') || isDash
    if (!token || (!isRange && token.text !== 'and')) break
    let at = isDash ? next : next + 1
    while (/^(?:to|verses?|the)$/.test(tokens[at]?.text ?? '')) at += 1
    const read: { atom: NumberAtom; next: number } | null = readNumber(tokens, at)
    const previous = verses.at(-1)
    if (!read || !previous || read.atom.value <= previous[1]) break
    if (isRange || read.atom.value === previous[1] + 1) previous[1] = read.atom.value
    else verses.push([read.atom.value, read.atom.value])
    end = read.atom.end
    next = read.next
  }
  return { verses, end, next }
}

/** The ranges that a mention names in the current passage; none if they do not exist. */
function resolve(mention: Mention, { book, chapter: current }: Context): VerseRange[] {
  const chapter = mention.chapter ?? current ?? (book.verses.length === 1 ? 1 : null)
  if (chapter === null) return []
  if (mention.verses.length === 0) {
    const range = chapterRange(book, chapter)
    return range ? [range] : []
  }
  return mention.verses
    .map(([from, to]) => ({
      start: verseId(book.number, chapter, from),
      end: verseId(book.number, chapter, to),
    }))
    .filter(isPossible)
}
