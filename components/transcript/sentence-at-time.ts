/** The last index whose start is not after `ms`, or -1 before the first: starts must ascend. */
function lastStartedBy(count: number, startOf: (index: number) => number, ms: number): number {
  let low = 0
  let high = count - 1
  let found = -1
  while (low <= high) {
    const middle = (low + high) >> 1
    if (startOf(middle) <= ms) {
      found = middle
      low = middle + 1
    } else {
      high = middle - 1
    }
  }
  return found
}

/** `[text, startMs, endMs]` */
export type TimedWord = readonly [text: string, startMs: number, endMs: number]
/** `[firstWord, lastWord]`, both inclusive */
export type SentenceRange = readonly [firstWord: number, lastWord: number]

/** The sentence that is being spoken, or was last spoken, at `ms`; -1 before the first one. */
export function sentenceAtTime(
  words: readonly TimedWord[],
  sentences: readonly SentenceRange[],
  ms: number,
): number {
  return lastStartedBy(sentences.length, (index) => words[sentences[index]?.[0] ?? 0]?.[1] ?? 0, ms)
}

/** The word of a sentence that is being spoken, or was last spoken, at `ms`; -1 before the first one. */
export function wordAtTime(words: readonly TimedWord[], [first, last]: SentenceRange, ms: number): number {
  const within = lastStartedBy(last - first + 1, (index) => words[first + index]?.[1] ?? 0, ms)
  return within < 0 ? -1 : first + within
}
