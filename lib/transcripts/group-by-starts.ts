/**
 * Groups sentences (`[firstWord, lastWord]`) into paragraphs that begin at the positions `starts` of words. Returns
 * indexes of sentences; every sentence is in exactly one paragraph, in order.
 */
export function groupByStarts(
  sentences: readonly (readonly [firstWord: number, lastWord: number])[],
  starts: ReadonlySet<number>,
): number[][] {
  const paragraphs: number[][] = []
  sentences.forEach(([first], index) => {
    const current = paragraphs.at(-1)
    if (!current || starts.has(first)) paragraphs.push([index])
    else current.push(index)
  })
  return paragraphs
}
