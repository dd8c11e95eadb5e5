import { AppError, type ErrorCode } from '#lib/errors.ts'

type Kind = { code: ErrorCode; message: string; retryable: boolean }

const kinds = {
  'transcriber.key_refused': {
    code: 'vendor_failed',
    message:
      'The transcription service does not accept our key. Please check DEEPGRAM_API_KEY, then try again.',
    retryable: false,
  },
  'transcriber.no_credit': {
    code: 'vendor_failed',
    message: 'The transcription account has no credit left. Please top it up, then try again.',
    retryable: false,
  },
  'transcriber.refused_audio': {
    code: 'unprocessable',
    message: 'The transcription service could not use this recording. You can upload a transcript instead.',
    retryable: false,
  },
  'transcriber.busy': {
    code: 'rate_limited',
    message: 'The transcription service is busy. We will try again shortly.',
    retryable: true,
  },
  'transcriber.failed': {
    code: 'vendor_failed',
    message: 'The transcription service had an internal problem. We will try again.',
    retryable: true,
  },
  'transcriber.timeout': {
    code: 'unavailable',
    message: 'The transcription service took too long to answer. We will try again.',
    retryable: true,
  },
  'transcriber.unreachable': {
    code: 'unavailable',
    message: 'The transcription service cannot be reached. We will try again.',
    retryable: true,
  },
  'transcriber.bad_reply': {
    code: 'vendor_failed',
    message: 'The transcription service sent an answer that we cannot read. We will try again.',
    retryable: true,
  },
  'transcriber.no_speech': {
    code: 'unprocessable',
    message:
      'No speech was found in this recording. If it contains speech, you can upload a transcript instead.',
    retryable: false,
  },
  'transcriber.crashed': {
    code: 'internal',
    message: 'The speech recogniser on this machine stopped unexpectedly. We will try again.',
    retryable: true,
  },
  'transcriber.language': {
    code: 'unprocessable',
    message:
      'The speech recognition on this machine does not know the language of this sermon. You can upload a transcript instead.',
    retryable: false,
  },
} as const satisfies Record<string, Kind>

export type TranscriberFailure = keyof typeof kinds

/** A transcription that failed, and whether and when a retry makes sense. */
export class TranscriberError extends AppError {
  readonly retryable: boolean

  constructor(
    reason: TranscriberFailure,
    options: { cause?: unknown; retryAfterMs?: number | undefined } = {},
  ) {
    const { code, message, retryable } = kinds[reason]
    super(code, message, { ...options, reason })
    this.name = 'TranscriberError'
    this.retryable = retryable
  }
}
