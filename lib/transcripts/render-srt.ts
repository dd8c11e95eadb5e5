import { formatTimestamp } from './cue.ts'
import { cutCues } from './cut-cues.ts'
import type { Transcript } from './transcript.ts'

/** Renders a transcript as SubRip, with the same cues as the WebVTT. SubRip has no escapes, so the text is unchanged. */
export function renderSrt(transcript: Pick<Transcript, 'words' | 'sentences'>): string {
  const stamp = (atMs: number) => formatTimestamp(atMs).replace('.', ',')
  return cutCues(transcript)
    .map(
      ({ startMs, endMs, text }, index) => `${index + 1}\n${stamp(startMs)} --> ${stamp(endMs)}\n${text}\n`,
    )
    .join('\n')
}
