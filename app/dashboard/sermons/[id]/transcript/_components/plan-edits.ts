import type { ApiWord } from '#lib/sermons/to-api-transcript.ts'

/** Replaces the words `from` to `to` (ids, both included) by those of `text`. */
export type PlannedEdit = { from: string; to: string; text: string }

type Hunk = { first: number; last: number; texts: string[] }

/** The words of a text as it was typed. */
export function splitTyped(text: string): string[] {
  return text.split(/\s+/u).filter(Boolean)
}

/**
 * The fewest edits that turn `words` into the words of `text`. Edits do not overlap and come in the order of the
 * words. A pure insertion repeats the word before it, or after it at the beginning.
 */
export function planEdits(words: readonly ApiWord[], text: string): PlannedEdit[] {
  const typed = splitTyped(text)
  const before = words.map((word) => word.text)
  const hunks: Hunk[] = []
  for (const hunk of diffWords(before, typed)) {
    const anchored = hunk.last >= hunk.first ? hunk : anchor(hunk, before)
    const previous = hunks.at(-1)
    // An insertion before a word and another one after it share that word.
    if (previous && anchored.first <= previous.last) previous.texts.push(...anchored.texts.slice(1))
    else hunks.push(anchored)
  }
  return hunks.flatMap(({ first, last, texts }) => {
    const from = words[first]?.id
    const to = words[last]?.id
    return from === undefined || to === undefined ? [] : [{ from, to, text: texts.join(' ') }]
  })
}

function anchor({ first, texts }: Hunk, before: readonly string[]): Hunk {
  if (first > 0) return { first: first - 1, last: first - 1, texts: [before[first - 1] ?? '', ...texts] }
  return { first: 0, last: 0, texts: [...texts, before[0] ?? ''] }
}

/** Ranges of `before` and their replacements in `after`, by the longest common subsequence. */
function diffWords(before: readonly string[], after: readonly string[]): Hunk[] {
  let start = 0
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1
  let end = 0
  while (
    end < before.length - start &&
    end < after.length - start &&
    before[before.length - 1 - end] === after[after.length - 1 - end]
  ) {
    end += 1
  }
  const rows = before.length - end - start
  const columns = after.length - end - start
  const width = columns + 1
  /** The length of the longest common subsequence of what follows each pair. */
  const lengths = new Uint16Array((rows + 1) * width)
  const lengthAt = (row: number, column: number) => lengths[row * width + column] ?? 0
  for (let row = rows - 1; row >= 0; row -= 1) {
    for (let column = columns - 1; column >= 0; column -= 1) {
      lengths[row * width + column] =
        before[start + row] === after[start + column]
          ? lengthAt(row + 1, column + 1) + 1
          : Math.max(lengthAt(row + 1, column), lengthAt(row, column + 1))
    }
  }
  const hunks: Hunk[] = []
  let row = 0
  let column = 0
  while (row < rows || column < columns) {
    if (row < rows && column < columns && before[start + row] === after[start + column]) {
      row += 1
      column += 1
      continue
    }
    const hunk: Hunk = { first: start + row, last: start + row - 1, texts: [] }
    while (
      (row < rows || column < columns) &&
      !(row < rows && column < columns && before[start + row] === after[start + column])
    ) {
      if (column >= columns || (row < rows && lengthAt(row + 1, column) >= lengthAt(row, column + 1))) {
        hunk.last = start + row
        row += 1
      } else {
        hunk.texts.push(after[start + column] ?? '')
        column += 1
      }
    }
    hunks.push(hunk)
  }
  return hunks
}

/** The words of a paragraph after the server's answer to its edits. */
export function spliceWords(
  words: readonly ApiWord[],
  edits: readonly { from: string; to: string; words: readonly ApiWord[] }[],
): ApiWord[] {
  let next = [...words]
  for (const edit of edits) {
    const first = next.findIndex(({ id }) => id === edit.from)
    const last = next.findIndex(({ id }) => id === edit.to)
    if (first >= 0 && last >= first) next = [...next.slice(0, first), ...edit.words, ...next.slice(last + 1)]
  }
  return next
}
