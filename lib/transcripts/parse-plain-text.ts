import { alignToSilences } from './align-to-silences.ts'
import { splitTokens, spreadTokens, weigh } from './cues-to-words.ts'
import { orderWordTimes } from './order-word-times.ts'
import { segmentSentences } from './segment-sentences.ts'
import { MAX_WORDS, type Word, type WordRange } from './transcript.ts'
import { transcriptProblem } from './transcript-problem.ts'

/** Longer than any line of a text that was broken at the width of a page. */
const UNBROKEN_LINE_LENGTH = 200
const sentenceEnd = /[.!?:;…。！？؟।]["'”’»)\]]*$/u

// Faster than any preacher: the text belongs to another recording.
const MIN_MS_PER_WORD = 80

/**
 * Parses plain text to words with times: empty lines separate paragraphs, and the ends of lines where they are not
 * broken at the width of a page; sentence ends are aligned to pauses, and the time between them is divided among the words. The times are approximate.
 * Throws AppError transcript.empty, transcript.too_long or transcript.no_speech.
 */
export function parsePlainText(
  text: string,
  audio: { durationMs: number; silences: readonly { startMs: number; endMs: number }[] },
): { words: Word[]; paragraphs: WordRange[] } {
  const tokens: string[] = []
  const paragraphs: WordRange[] = []
  for (const block of splitParagraphs(text)) {
    const found = splitTokens(block)
    if (found.length === 0) continue
    if (tokens.length + found.length > MAX_WORDS) throw transcriptProblem('transcript.too_long')
    paragraphs.push({ firstWord: tokens.length, lastWord: tokens.length + found.length - 1 })
    for (const token of found) tokens.push(token)
  }
  if (tokens.length === 0) throw transcriptProblem('transcript.empty')
  if (audio.durationMs < tokens.length * MIN_MS_PER_WORD) throw transcriptProblem('transcript.no_speech')

  const untimed = tokens.map((token) => ({ text: token, startMs: 0, endMs: 0 }))
  const sentences = cutAtParagraphs(segmentSentences(untimed), paragraphs)
  const spans = alignToSilences(
    sentences.map(({ firstWord, lastWord }) =>
      tokens.slice(firstWord, lastWord + 1).reduce((sum, token) => sum + weigh(token), 0),
    ),
    audio,
  )
  const words = sentences.flatMap(({ firstWord, lastWord }, index) => {
    const span = spans[index] ?? { startMs: 0, endMs: 0 }
    return spreadTokens(tokens.slice(firstWord, lastWord + 1), span.startMs, span.endMs)
  })
  return { words: orderWordTimes(words), paragraphs }
}

function splitParagraphs(text: string): string[] {
  const blocks = text
    .split(/\n\s*\n/)
    .flatMap((block) => {
      const lines = block.split('\n')
      return lines.some(({ length }) => length > UNBROKEN_LINE_LENGTH) ? lines : [block]
    })
    .map((block) => block.trim())
    .filter((block) => block !== '')
  // Where an empty line follows each line of the page, most of them end inside a sentence.
  const ended = blocks.filter((block) => sentenceEnd.test(block)).length
  return ended * 2 >= blocks.length ? blocks : [text]
}

/** The end of a paragraph always ends a sentence, also after a heading without a full stop. */
function cutAtParagraphs(sentences: readonly WordRange[], paragraphs: readonly WordRange[]): WordRange[] {
  const ends = new Set(paragraphs.map(({ lastWord }) => lastWord))
  return sentences.flatMap(({ firstWord, lastWord }) => {
    const parts: WordRange[] = []
    let from = firstWord
    for (let index = firstWord; index <= lastWord; index += 1) {
      if (index === lastWord || ends.has(index)) {
        parts.push({ firstWord: from, lastWord: index })
        from = index + 1
      }
    }
    return parts
  })
}
