import { type Cue, parseCues } from './parse-cues.ts'
import { transcriptProblem } from './transcript-problem.ts'

/** Cues of a SubRip file, numbered or not. Throws AppError transcript.no_cues. */
export function parseSrt(text: string): Cue[] {
  const cues = parseCues(text)
  if (cues.length === 0) throw transcriptProblem('transcript.no_cues')
  return cues
}
