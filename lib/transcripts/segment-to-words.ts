import type { SpeechSegment } from './child/speech-protocol.ts'
import { splitTokens, spreadTokens } from './cues-to-words.ts'
import type { Word } from './transcript.ts'

/**
 * The words of a stretch of speech. Tokens are joined to words; a word lasts until the next one begins. If the model
 * gives no times, the words share the time of the stretch by their length.
 */
export function segmentToWords(segment: SpeechSegment): Word[] {
  const { tokens, startsMs, shares, startMs, endMs } = segment
  if (tokens.length === 0 || startsMs.length !== tokens.length) {
    return spreadTokens(splitTokens(segment.text), startMs, endMs)
  }
  const words: { text: string; startMs: number; shares: number[] }[] = []
  for (const [index, token] of tokens.entries()) {
    const text = token.trim()
    if (text === '') continue
    const last = words.at(-1)
    const share = shares[index]
    const own = share === undefined ? [] : [share]
    if (last && token === text) {
      last.text += text
      last.shares.push(...own)
    } else {
      words.push({ text, startMs: startsMs[index] ?? startMs, shares: own })
    }
  }
  return words.flatMap((word, index) => {
    const untilMs = words[index + 1]?.startMs ?? Math.max(endMs, word.startMs)
    // A word is as certain as its least certain part.
    const confidence = word.shares.length > 0 ? { confidence: Math.min(...word.shares) } : {}
    return spreadTokens(splitTokens(word.text), word.startMs, untilMs).map((part) => ({
      ...part,
      ...confidence,
    }))
  })
}
