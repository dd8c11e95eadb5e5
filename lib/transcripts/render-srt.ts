import { formatTimestamp } from './cue.ts'
import { cutCues } from './cut-cues.ts'
import type { Transcript } from './transcript.ts'

/**
 * Renders a transcript as SubRip, with the same cues as the WebVTT. SubRip has no escapes and
 * no voices: the text is unchanged, and the name of the speaker precedes it.
 */
export function renderSrt(transcript: Pick<Transcript, 'words' | 'sentences'>): string {
  const stamp = (atMs: number) => formatTimestamp(atMs).replace('.', ',')
  return cutCues(transcript)
    .map(
      ({ startMs, endMs, text, speaker }, index) =>
        `${index + 1}\n${stamp(startMs)} --> ${stamp(endMs)}\n${speaker === null ? '' : `${speaker}: `}${text}\n`,
    )
    .join('\n')
}
