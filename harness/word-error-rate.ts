/** Normalises words for the comparison: lower case, without punctuation. */
export function normaliseWords(text: string): string[] {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[’‘]/g, "'")
    .replace(/[^\p{L}\p{N}']+/gu, ' ')
    .split(' ')
    .map((word) => word.replace(/^'+|'+$/g, ''))
    .filter(Boolean)
}

/**
 * Returns the word error rate: the fewest inserted, deleted and replaced words that turn `hypothesis` into
 * `reference`, divided by the words of `reference`. 0 is perfect; it can exceed 1. Two empty texts give 0.
 */
export function wordErrorRate(reference: string, hypothesis: string): number {
  const expected = normaliseWords(reference)
  const recognised = normaliseWords(hypothesis)
  if (expected.length === 0) return recognised.length === 0 ? 0 : 1
  let previous = Uint32Array.from({ length: recognised.length + 1 }, (_, index) => index)
  for (const [row, word] of expected.entries()) {
    const current = new Uint32Array(recognised.length + 1)
    current[0] = row + 1
    for (let column = 1; column <= recognised.length; column += 1) {
      const replaced = (previous[column - 1] ?? 0) + (word === recognised[column - 1] ? 0 : 1)
      current[column] = Math.min(replaced, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1)
    }
    previous = current
  }
  return (previous[recognised.length] ?? 0) / expected.length
}
