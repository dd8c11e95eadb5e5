import { formatTimestamp } from './cue.ts'
import { escapeCueText } from './cue-text.ts'
import { type Transcript, textOfRange, type WordRange } from './transcript.ts'

const MAX_CUE_WORDS = 16
const MIN_CUE_MS = 1

/** A transcript as WebVTT, in cues short enough to read along, none of which crosses the end of a sentence. */
export function renderVtt(transcript: Pick<Transcript, 'words' | 'sentences' | 'isDraft'>): string {
  const blocks = transcript.isDraft
    ? ['WEBVTT', 'NOTE Draft made by a speech recogniser; it contains errors.']
    : ['WEBVTT']
  for (const range of transcript.sentences.flatMap(cutCues)) {
    const first = transcript.words[range.firstWord]
    const last = transcript.words[range.lastWord]
    if (!first || !last) continue
    const endMs = Math.max(last.endMs, first.startMs + MIN_CUE_MS)
    const text = escapeCueText(textOfRange(transcript.words, range))
    blocks.push(`${formatTimestamp(first.startMs)} --> ${formatTimestamp(endMs)}\n${text}`)
  }
  return `${blocks.join('\n\n')}\n`
}

function cutCues({ firstWord, lastWord }: WordRange): WordRange[] {
  const length = lastWord - firstWord + 1
  const parts = Math.ceil(length / MAX_CUE_WORDS)
  return Array.from({ length: parts }, (_, index) => ({
    firstWord: firstWord + Math.floor((index * length) / parts),
    lastWord: firstWord + Math.floor(((index + 1) * length) / parts) - 1,
  }))
}
