import { AppError } from '#lib/errors.ts'

/** Every reason to refuse an uploaded transcript, with a message for the user who uploaded it. */
const sentences = {
  'transcript.empty': 'This transcript is empty. Please check the file and upload it again.',
  'transcript.too_large':
    'This transcript is larger than 5 MB, which is too large for a sermon. Please check the file.',
  'transcript.too_long':
    'This transcript has more than 200,000 words. Please upload the one that belongs to this sermon.',
  'transcript.not_text':
    'This file is not a transcript we can read. Please save it as VTT, SRT or plain text.',
  'transcript.document':
    'This is a document, not plain text. Please open it, choose “Save as plain text (.txt)”, and upload that.',
  'transcript.no_cues': 'We found no timed lines in this file. Please save it as VTT, SRT or plain text.',
  'transcript.encoding':
    'The letters of this file are stored in an encoding we do not recognise. Please save it as UTF-8 and upload it again.',
  'transcript.web_page':
    'This is a web page, not a transcript. Please copy its text, or save it as plain text, and upload that.',
  'transcript.unknown_json':
    'We do not know this kind of JSON file. Please export the transcript as VTT, SRT or plain text.',
  'transcript.times_unread':
    'This file has times that we cannot read. Please save it as VTT or SRT, or remove the times.',
  'transcript.wrong_times':
    'The times in this transcript run past the end of the recording. Please check that it belongs to this sermon.',
  'transcript.no_speech':
    'The recording is too short for this much text. Please check that the transcript belongs to this sermon.',
} as const

export type TranscriptProblem = keyof typeof sentences

/** The AppError for a transcript that cannot be used. */
export function transcriptProblem(reason: TranscriptProblem, cause?: unknown): AppError {
  return new AppError(reason === 'transcript.too_large' ? 'too_large' : 'unprocessable', sentences[reason], {
    reason,
    cause,
  })
}

/** The AppError for times that begin at an offset, such as 1:00:00. */
export function lateTimes(offset: string): AppError {
  return new AppError(
    'unprocessable',
    `The times in this transcript begin at ${offset}. If it belongs to this recording, have them shifted to the start; otherwise send the transcript of this recording.`,
    { reason: 'transcript.late_times' },
  )
}
