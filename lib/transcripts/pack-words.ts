/** `[text, startMs, endMs]` */
type TimedWord = [text: string, startMs: number, endMs: number]

/**
 * Words with their times as the page of a sermon receives them, which is a third of the size of a list of words: the
 * texts, and for each word the time since the end of the one before and its duration, both in milliseconds.
 */
export type PackedWords = { texts: string; timesMs: string }

// No word has one.
const BETWEEN_TEXTS = '\n'
const BETWEEN_TIMES = ' '

export function packWords(words: readonly Readonly<TimedWord>[]): PackedWords {
  const timesMs = words.map(
    ([, startMs, endMs], place) =>
      `${startMs - (words[place - 1]?.[2] ?? 0)}${BETWEEN_TIMES}${endMs - startMs}`,
  )
  return {
    texts: words.map(([text]) => text).join(BETWEEN_TEXTS),
    timesMs: timesMs.join(BETWEEN_TIMES),
  }
}

export function unpackWords({ texts, timesMs }: PackedWords): TimedWord[] {
  if (timesMs === '') return []
  const times = timesMs.split(BETWEEN_TIMES)
  let atMs = 0
  const pass = (place: number) => {
    atMs += Number(times[place])
    return atMs
  }
  return texts
    .split(BETWEEN_TEXTS)
    .map((text, place): TimedWord => [text, pass(2 * place), pass(2 * place + 1)])
}
