import type { SermonTranscriptView } from '#lib/sermons/sermon.ts'

/** Up to `limit` sentences of a transcript from number `firstSentence`, and the number to read on from, or null. */
export function selectSentences(
  { words, sentences }: Pick<SermonTranscriptView, 'words' | 'sentences'>,
  { firstSentence, limit }: { firstSentence: number; limit: number },
) {
  const end = firstSentence + limit
  return {
    sentences: sentences.slice(firstSentence, end).map(([firstWord, lastWord]) => ({
      text: words
        .slice(firstWord, lastWord + 1)
        .map(([text]) => text)
        .join(' '),
      startMs: words[firstWord]?.[1] ?? 0,
      endMs: words[lastWord]?.[2] ?? 0,
    })),
    nextSentence: end < sentences.length ? end : null,
  }
}
