import type { SpeakerTurn, StoredWord, WordRange } from '#lib/db/schema/text.ts'
import { AppError } from '#lib/errors.ts'
import { cleanText } from '#lib/text/clean-text.ts'
import { segmentSentences } from './segment-sentences.ts'
import { MAX_WORDS } from './transcript.ts'

/** Replaces the words `from` to `to` (ids, both included) by those of `text`; an empty text removes them. */
export type WordEdit = {
  from: number
  to: number
  text: string
  /** When each word of `text` is spoken, where that is known. */
  times?: readonly (readonly [startMs: number, endMs: number])[] | undefined
}

/** The words of one revision. The arrays have an entry for each word. */
export type WordTable = {
  words: StoredWord[]
  ids: number[]
  confidences: (number | null)[]
  sentences: WordRange[]
  /** Positions of words, ascending. */
  paragraphStarts: number[] | null
  speakerTurns: SpeakerTurn[] | null
}

/** What one edit became: the words that now are between two that did not change. */
export type AppliedEdit = { from: number; to: number; firstWord: number; count: number }

const LONGEST_WORD = 200

/**
 * Applies edits to the words of a transcript. Unchanged words keep their ids and times. A word that is replaced
 * by one word keeps its id and its time too; other new words share the time of those they replace and get ids
 * from `nextId` on. Only sentences with changed words are cut again. Throws AppError `unprocessable` for ids that
 * are unknown or in the wrong order, for edits that overlap, and when no word would be left.
 */
export function correctWords(
  table: WordTable,
  edits: readonly WordEdit[],
  nextId: number,
): { table: WordTable; applied: AppliedEdit[]; nextId: number } {
  const positions = new Map(table.ids.map((id, position) => [id, position]))
  const ordered = edits
    .map((edit) => ({ edit, first: positionOf(edit.from), last: positionOf(edit.to) }))
    .toSorted((one, other) => one.first - other.first)
  const next: WordTable = {
    words: [],
    ids: [],
    confidences: [],
    sentences: [],
    paragraphStarts: null,
    speakerTurns: null,
  }
  const applied: AppliedEdit[] = []
  /** The new position of each old word; of a removed word that of the next one. */
  const moved: number[] = []
  let nextWordId = nextId
  let at = 0
  for (const { edit, first, last } of ordered) {
    if (last < first) throw wrongEdit('An edit ends before it begins. Reload the page and try again.')
    if (first < at) throw wrongEdit('Two edits change the same words. Send them one after the other.')
    keepUntil(first)
    const firstWord = next.words.length
    replace(first, last, splitWords(edit.text), edit.times)
    at = last + 1
    applied.push({ from: edit.from, to: edit.to, firstWord, count: next.words.length - firstWord })
  }
  keepUntil(table.words.length)
  if (next.words.length === 0) {
    throw new AppError('unprocessable', 'A transcript needs at least one word. Remove the sermon instead.', {
      reason: 'transcript.empty',
    })
  }
  if (next.words.length > MAX_WORDS) {
    throw new AppError('unprocessable', `A transcript has at most ${MAX_WORDS} words.`, {
      reason: 'transcript.too_long',
    })
  }
  next.sentences = moveSentences(table, next.words, moved, ordered)
  next.paragraphStarts = table.paragraphStarts && toStarts(table.paragraphStarts.map((start) => moved[start]))
  next.speakerTurns = table.speakerTurns && moveTurns(table.speakerTurns, moved, next.words.length)
  return { table: next, applied, nextId: nextWordId }

  function positionOf(id: number): number {
    const position = positions.get(id)
    if (position === undefined) {
      throw wrongEdit(`This transcript has no word w${id}. Load the newest revision and try again.`)
    }
    return position
  }

  function keepUntil(end: number) {
    for (; at < end; at += 1) keep(at)
  }

  function keep(position: number) {
    const word = table.words[position]
    const id = table.ids[position]
    if (!word || id === undefined) return
    moved[position] = next.words.length
    push(word, id, table.confidences[position] ?? null)
  }

  function push(word: StoredWord, id: number, confidence: number | null) {
    next.words.push(word)
    next.ids.push(id)
    next.confidences.push(confidence)
  }

  function replace(first: number, last: number, texts: string[], times: WordEdit['times']) {
    if (times) return placeAt(first, last, texts, times)
    const textAt = (position: number) => table.words[position]?.[0]
    let same = 0
    while (same < texts.length && first + same <= last && textAt(first + same) === texts[same]) same += 1
    let end = 0
    while (
      end < texts.length - same &&
      last - end >= first + same &&
      textAt(last - end) === texts[texts.length - 1 - end]
    ) {
      end += 1
    }
    let from = first + same
    const to = last - end
    // A pure insertion needs time: it shares that of the word before it, or after it.
    const fresh = texts.slice(same, texts.length - end)
    if (from > to && fresh.length > 0) {
      if (same > 0) {
        from -= 1
        fresh.unshift(texts[same - 1] ?? '')
      } else return insertBefore(first, last, fresh)
    }
    for (let position = first; position < from; position += 1) keep(position)
    place(from, to, fresh)
    for (let position = to + 1; position <= last; position += 1) keep(position)
  }

  function insertBefore(first: number, last: number, fresh: string[]) {
    place(first, first, [...fresh, table.words[first]?.[0] ?? ''])
    for (let position = first + 1; position <= last; position += 1) keep(position)
  }

  /** Puts `texts` where the old words `first` to `last` were, at times that are known. Words at their old time stay. */
  function placeAt(
    first: number,
    last: number,
    texts: readonly string[],
    times: NonNullable<WordEdit['times']>,
  ) {
    const old = new Map<number, number>()
    for (let position = first; position <= last; position += 1) {
      moved[position] = next.words.length
      old.set(table.words[position]?.[1] ?? 0, position)
    }
    const latestMs = table.words[last + 1]?.[1] ?? Number.POSITIVE_INFINITY
    for (const [index, text] of texts.entries()) {
      const [startMs, endMs] = times[index] ?? [Number.NaN, Number.NaN]
      const earliestMs = next.words.at(-1)?.[2] ?? 0
      if (!(startMs >= earliestMs && endMs >= startMs && endMs <= latestMs)) {
        throw wrongEdit('The times of an edit do not fit between the words around it. Leave them out.')
      }
      const position = old.get(startMs) ?? -1
      if (table.words[position]?.[0] === text) {
        keep(position)
        old.delete(startMs)
      } else {
        push([text, startMs, endMs], nextWordId, null)
        nextWordId += 1
      }
    }
  }

  /** Puts `texts` where the old words `from` to `to` were. */
  function place(from: number, to: number, texts: string[]) {
    for (let position = from; position <= to; position += 1) moved[position] = next.words.length
    const startMs = table.words[from]?.[1] ?? 0
    const endMs = table.words[to]?.[2] ?? startMs
    const isOneToOne = texts.length === to - from + 1
    const length = texts.reduce((sum, text) => sum + text.length, 0)
    let spent = 0
    for (const [index, text] of texts.entries()) {
      const old = table.words[from + index]
      const oldId = table.ids[from + index]
      if (isOneToOne && old && oldId !== undefined) {
        moved[from + index] = next.words.length
        push(
          [text, old[1], old[2]],
          oldId,
          old[0] === text ? (table.confidences[from + index] ?? null) : null,
        )
        continue
      }
      const share = (letters: number) => startMs + Math.round(((endMs - startMs) * letters) / length)
      push([text, share(spent), share(spent + text.length)], nextWordId, null)
      nextWordId += 1
      spent += text.length
    }
  }
}

/** Cuts the text of an edit into words. Throws AppError `unprocessable` for a word no one can say. */
function splitWords(text: string): string[] {
  const texts = cleanText(text).split(/\s+/u).filter(Boolean)
  const long = texts.find((word) => word.length > LONGEST_WORD)
  if (long) throw wrongEdit(`A word has at most ${LONGEST_WORD} letters: “${long.slice(0, 30)}…”.`)
  return texts
}

function moveSentences(
  table: WordTable,
  words: readonly StoredWord[],
  moved: readonly number[],
  edits: readonly { first: number; last: number }[],
): WordRange[] {
  const isTouched = ([first, last]: WordRange) =>
    edits.some((edit) => edit.first <= last && edit.last >= first)
  const sentences: WordRange[] = []
  let dirtyFrom: number | null = null
  for (const range of table.sentences) {
    const start = moved[range[0]] ?? words.length
    if (isTouched(range)) {
      dirtyFrom ??= start
      continue
    }
    cutDirty(start)
    sentences.push([start, start + range[1] - range[0]])
  }
  cutDirty(words.length)
  return sentences

  function cutDirty(end: number) {
    if (dirtyFrom !== null) sentences.push(...cutSentences(words, dirtyFrom, end))
    dirtyFrom = null
  }
}

function cutSentences(words: readonly StoredWord[], from: number, end: number): WordRange[] {
  const part = words.slice(from, end).map(([text, startMs, endMs]) => ({ text, startMs, endMs }))
  return segmentSentences(part).map(({ firstWord, lastWord }) => [from + firstWord, from + lastWord])
}

/** Ends a sentence before each start of a paragraph. */
export function splitAtParagraphs(
  sentences: readonly WordRange[],
  paragraphStarts: readonly number[],
): WordRange[] {
  return sentences.flatMap(([first, last]) => {
    const inside = paragraphStarts.filter((start) => start > first && start <= last)
    const starts = [...new Set([first, ...inside])].toSorted((one, other) => one - other)
    return starts.map((start, index): WordRange => [start, (starts[index + 1] ?? last + 1) - 1])
  })
}

/** Turns as they are stored: ascending, one for each position, and none that names the person who speaks already. */
export function toTurns(turns: readonly SpeakerTurn[]): SpeakerTurn[] | null {
  const named = new Map(turns.toSorted(([one], [other]) => one - other))
  const ordered = [...named].filter(([, name], index, all) => name !== (all[index - 1]?.[1] ?? ''))
  return ordered.length > 0 ? ordered : null
}

/** Of turns whose words were removed only the last one is left: its person speaks the word that follows. */
function moveTurns(
  turns: readonly SpeakerTurn[],
  moved: readonly number[],
  length: number,
): SpeakerTurn[] | null {
  return toTurns(
    turns.flatMap(([first, name]): SpeakerTurn[] => {
      const position = moved[first] ?? length
      return position < length ? [[position, name]] : []
    }),
  )
}

/** Positions as they are stored: ascending, each once, the first word among them. */
export function toStarts(positions: readonly (number | undefined)[]): number[] {
  const known = positions.filter((position) => position !== undefined)
  return [...new Set([0, ...known])].toSorted((one, other) => one - other)
}

function wrongEdit(message: string): AppError {
  return new AppError('unprocessable', message, { reason: 'transcript.wrong_edit' })
}
