import { AppError } from '#lib/errors.ts'

/** Converts a failure of the storage service to an AppError; the original error is its `cause`. */
export function toStorageError(error: unknown): AppError {
  const status = storageStatus(error)
  if (status === 404) {
    return new AppError('not_found', 'This file is not in storage. It may have been removed.', {
      reason: 'storage.not_found',
      cause: error,
    })
  }
  if (status === 409) {
    return new AppError('conflict', 'A file with that name is already in storage.', {
      reason: 'storage.exists',
      cause: error,
    })
  }
  if (status === 413) {
    return new AppError('too_large', 'This file is larger than storage allows.', {
      reason: 'storage.too_large',
      cause: error,
    })
  }
  if (status === 429) {
    return new AppError('rate_limited', 'Storage is busy at the moment. Try again shortly.', {
      reason: 'storage.busy',
      cause: error,
    })
  }
  if (status === 507) {
    return new AppError(
      'unavailable',
      'The disk of this installation is full. Remove something or add space, then try again.',
      { reason: 'storage.disk_full', cause: error },
    )
  }
  return new AppError('vendor_failed', 'Storage did not answer as expected. Please try again in a moment.', {
    reason: 'storage.failed',
    cause: error,
  })
}

/** The status of a storage error: `statusCode` (the true one), else the HTTP status, else undefined. */
export function storageStatus(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null) return undefined
  const statusCode = 'statusCode' in error ? Number(error.statusCode) : Number.NaN
  if (Number.isInteger(statusCode)) return statusCode
  return 'status' in error && typeof error.status === 'number' ? error.status : undefined
}
