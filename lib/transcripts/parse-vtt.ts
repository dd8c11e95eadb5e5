import { type Cue, parseCues } from './parse-cues.ts'
import { transcriptProblem } from './transcript-problem.ts'

/** Cues of a WebVTT file; notes, styles and regions are left out. Throws AppError transcript.no_cues. */
export function parseVtt(text: string): Cue[] {
  const cues = parseCues(dropBlocks(text))
  if (cues.length === 0) throw transcriptProblem('transcript.no_cues')
  return cues
}

// Their text may quote a timing line ("NOTE moved 00:01 --> 00:02"), so they are removed before cues are parsed.
function dropBlocks(text: string): string {
  const kept: string[] = []
  let dropping = false
  let previousBlank = true
  for (const line of text.split('\n')) {
    const blank = line.trim() === ''
    if (previousBlank && /^(NOTE|STYLE|REGION)(\s|$)/.test(line)) dropping = true
    if (blank) dropping = false
    if (!dropping) kept.push(line)
    previousBlank = blank
  }
  return kept.join('\n')
}
