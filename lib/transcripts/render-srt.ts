import { formatTimestamp } from './cue.ts'
import { cutCues } from './cut-cues.ts'
import type { Transcript } from './transcript.ts'

/** A transcript as SubRip, in the same cues as the WebVTT. SubRip has no escapes: the text is as it is. */
export function renderSrt(transcript: Pick<Transcript, 'words' | 'sentences'>): string {
  const stamp = (atMs: number) => formatTimestamp(atMs).replace('.', ',')
  return cutCues(transcript)
    .map(
      ({ startMs, endMs, text }, index) => `${index + 1}\n${stamp(startMs)} --> ${stamp(endMs)}\n${text}\n`,
    )
    .join('\n')
}
