import { formatTimestamp } from './cue.ts'
import { escapeCueText } from './cue-text.ts'
import { cutCues } from './cut-cues.ts'
import type { Transcript } from './transcript.ts'

/** Renders a transcript as WebVTT, with the cues of `cutCues`, each in the voice of its speaker. */
export function renderVtt(transcript: Pick<Transcript, 'words' | 'sentences' | 'isDraft'>): string {
  const blocks = transcript.isDraft
    ? ['WEBVTT', 'NOTE Draft made by a speech recogniser; it contains errors.']
    : ['WEBVTT']
  for (const { startMs, endMs, text, speaker } of cutCues(transcript)) {
    const voice = speaker === null ? '' : `<v ${escapeCueText(speaker)}>`
    blocks.push(`${formatTimestamp(startMs)} --> ${formatTimestamp(endMs)}\n${voice}${escapeCueText(text)}`)
  }
  return `${blocks.join('\n\n')}\n`
}
