import { AppError, type ErrorCode } from '#lib/errors.ts'

/** Every reason to refuse a recording, with a message for the user who uploaded it. */
const sentences = {
  'media.empty': 'This file is empty. Please check the recording on your device and upload it again.',
  'media.too_large':
    'This file is larger than 5 GB. Please export the recording as MP3 or M4A and upload that.',
  'media.not_audio':
    'This file is not a recording we can read. Please upload an MP3, M4A, WAV, FLAC or Ogg file.',
  'media.truncated':
    'The end of this recording is missing, as if a copy was cut short. Please copy it from the recorder again and upload it again.',
  'media.playlist':
    'This is a playlist that points to other files, not the recording itself. Please upload the audio file.',
  'media.too_many_streams':
    'This file contains more than eight tracks. Please export the finished mix as one track and upload that.',
  'media.too_long':
    'This recording is longer than six hours. Please cut it to the sermon, or split it, and upload it again.',
  'media.too_short': 'This recording is shorter than one second. Please check that it is the right file.',
  'media.no_audio': 'This file has no sound in it, only pictures or data. Please upload the audio recording.',
  'media.silent':
    'This recording is silent all the way through. Please check the microphone or the cable, and that it is the right file.',
  'media.damaged':
    'Large parts of this recording cannot be read. Please copy it from the recorder again, or export it as MP3, and upload that.',
  'media.child_crashed':
    'This file made our audio reader crash. Please open it in an audio program, export it as MP3, and upload that.',
  'media.child_timeout':
    'Preparing this recording took far too long, so we stopped. Please export it as MP3 and upload that.',
} as const

export type MediaFailureReason = keyof typeof sentences

const codes: Partial<Record<MediaFailureReason, ErrorCode>> = {
  'media.too_large': 'too_large',
  // This can also happen on a busy machine, so a retry may succeed; all others give the same result for the same file.
  'media.child_timeout': 'unavailable',
}

/** The AppError for a reason. */
export function mediaFailure(reason: MediaFailureReason, cause?: unknown): AppError {
  return new AppError(codes[reason] ?? 'unprocessable', sentences[reason], { reason, cause })
}

/** The reasons that lie in the recording itself: another attempt fails in the same way. */
export const refusalReasons: readonly string[] = Object.keys(sentences).filter(
  (reason) => !isMediaFailureReason(reason) || codes[reason] !== 'unavailable',
)

export function isMediaFailureReason(reason: string): reason is MediaFailureReason {
  return Object.hasOwn(sentences, reason)
}
