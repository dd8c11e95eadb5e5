import { AppError, type ErrorCode } from '#lib/errors.ts'

/** The reasons why a download failed: the code of the error, and the message for the operator. */
const failures = {
  unreachable: ['unavailable', 'The server of the model cannot be reached. Selah tries again automatically.'],
  interrupted: ['unavailable', 'The download of the model was interrupted. Selah resumes it automatically.'],
  stalled: [
    'unavailable',
    'The server of the model stopped sending. Selah resumes the download automatically.',
  ],
  busy: ['vendor_failed', 'The server of the model is busy. Selah tries again automatically.'],
  not_found: [
    'vendor_failed',
    'The server of the model does not have this file, or refuses to send it. Check SELAH_MODELS_MIRROR.',
  ],
  changed: [
    'vendor_failed',
    'The server sends a different file from the one that was tested. Selah does not use it and tries again later.',
  ],
  corrupted: [
    'vendor_failed',
    'The downloaded file is not the one that was tested. Selah removed it and tries again later.',
  ],
  disk_full: ['unavailable', 'The disk is too full for the model. Selah continues when there is space.'],
  folder: ['unavailable', 'The folder of the models cannot be written to. Check SELAH_MODELS_DIR.'],
} as const satisfies Record<string, readonly [ErrorCode, string]>

/** A failed download; its reason is `models.` and the name of the failure. */
export function modelError(
  name: keyof typeof failures,
  options: { cause?: unknown; retryAfterMs?: number | undefined } = {},
): AppError {
  const [code, message] = failures[name]
  return new AppError(code, message, { reason: `models.${name}`, ...options })
}

const codeOf = (error: unknown) =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

/** Converts what the file system or `fetch` threw. `isReceiving`: the server had begun to send the file. */
export function toModelError(error: unknown, { isReceiving }: { isReceiving: boolean }): AppError {
  const code = codeOf(error)
  if (['ENOSPC', 'EDQUOT'].includes(code)) return modelError('disk_full', { cause: error })
  if (['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EISDIR'].includes(code)) {
    return modelError('folder', { cause: error })
  }
  return modelError(isReceiving ? 'interrupted' : 'unreachable', { cause: error })
}
