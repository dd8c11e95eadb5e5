/** The words `first` to `last` of the one list became `texts` of the other, which begin there at `at`. */
export type Hunk = { first: number; last: number; at: number; texts: string[] }

/** Above this many pairs, everything between the equal ends counts as one change. */
const MOST_PAIRS = 4_000_000

/** Ranges of `before` and their replacements in `after`, by the longest common subsequence. */
export function diffWords(before: readonly string[], after: readonly string[]): Hunk[] {
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
  if (rows === 0 && columns === 0) return []
  if (rows * columns > MOST_PAIRS) {
    const texts = after.slice(start, after.length - end)
    return [{ first: start, last: start + rows - 1, at: start, texts }]
  }
  const width = columns + 1
  /** The length of the longest common subsequence of what follows each pair. */
  const lengths = new Uint16Array((rows + 1) * width)
  const lengthAt = (row: number, column: number) => lengths[row * width + column] ?? 0
  const isEqual = (row: number, column: number) => before[start + row] === after[start + column]
  for (let row = rows - 1; row >= 0; row -= 1) {
    for (let column = columns - 1; column >= 0; column -= 1) {
      lengths[row * width + column] = isEqual(row, column)
        ? lengthAt(row + 1, column + 1) + 1
        : Math.max(lengthAt(row + 1, column), lengthAt(row, column + 1))
    }
  }
  const hunks: Hunk[] = []
  let row = 0
  let column = 0
  while (row < rows || column < columns) {
    if (row < rows && column < columns && isEqual(row, column)) {
      row += 1
      column += 1
      continue
    }
    const hunk: Hunk = { first: start + row, last: start + row - 1, at: start + column, texts: [] }
    while ((row < rows || column < columns) && !(row < rows && column < columns && isEqual(row, column))) {
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
